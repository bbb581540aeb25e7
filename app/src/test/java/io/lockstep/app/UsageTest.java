package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong command lines: exit code 2, a message that helps, no stack trace. */
final class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnu | there is no command 'rnu'; did you mean run?",
        "repaly x | there is no command 'repaly'; did you mean replay?",
        "frobnicate | there is no command 'frobnicate'.",
        "run x --sede 4 | 'lockstep run' has no option '--sede'; did you mean --seed?",
        "run x y | 'lockstep run' does not know what to do with 'y'.",
        "run | Missing required parameter: 'FILE'",
        "run x --shards 0 | '0' is not a whole number from 1 to 1024",
        "run x --shards two | 'two' is not a whole number from 1 to 1024",
        "run x --seed 1.5 | '1.5' is not a whole number of 64 bits",
        "run x --idle sleep | 'sleep' is not one of spin, yield, backoff",
        "run x --threading both | 'both' is not one of shared, dedicated",
        "run x --network tcp | 'tcp' is not one of auto, epoll, io_uring, nio",
        "inspect x --vu -1 | '-1' is not a whole number from 0",
        "target --error-rate 2 | '2' is not a number from 0 to 1",
        "target --port 65536 | '65536' is not a whole number from 0 to 65535",
        "target --latency 5 | '5' is not a duration such as 500us, 20ms or 1.5s",
        "target --latency zipf(1ms,2ms) | there is no distribution 'zipf'",
        "target --latency uniform(2ms,1ms) | the first value must not be above the second",
        "target --latency uniform(2ms) | uniform takes 2 values",
        "target --latency lognormal(2ms,x) | 'x' is not a number",
        "target --latency lognormal(2ms,11) | sigma must be from 0 to 10, is 11",
        "target --latency 2000000s | '2000000s' is longer than an hour",
        "target --host no.such.host.invalid | host name not resolved",
        "target extra | 'lockstep target' does not know what to do with 'extra'.",
      })
  void shouldExplainAWrongCommandLine(final String line, final String message) {
    final Invocation wrong = Invocation.of(Path.of(""), line.split(" "));
    assertEquals(2, wrong.code(), wrong.err());
    assertEquals("", wrong.out());
    assertTrue(wrong.err().startsWith("lockstep: "), wrong.err());
    assertTrue(wrong.err().contains(message), wrong.err());
    assertFalse(wrong.err().contains("\tat "), wrong.err());
  }
}
