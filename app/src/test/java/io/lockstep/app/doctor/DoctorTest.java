package io.lockstep.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.host.HostCheck;
import io.lockstep.app.host.HostCheck.Level;
import io.lockstep.app.run.RunChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final RunChoice CHOICE = new RunChoice("shared", "backoff", "epoll");
  private static final List<HostCheck> CHECKS =
      List.of(
          new HostCheck("cores", Level.OK, "2 cores", "", List.of()),
          new HostCheck("clock", Level.WARNING, "hpet", "take a better one", List.of("do this")));

  @Test
  void shouldTellOfThisMachineInTextAndJson() throws IOException {
    final Invocation text = Invocation.of(Path.of(""), "doctor");
    assertEquals(0, text.code(), text.err());
    final Invocation json = Invocation.of(Path.of(""), "doctor", "--json");
    assertEquals(0, json.code(), json.err());
    final JsonNode report = new ObjectMapper().readTree(json.out());
    assertEquals(10, report.get("checks").size());
    for (final JsonNode check : report.get("checks")) {
      assertTrue(text.out().contains(check.get("topic").asText()), text.out());
    }
    final String choice = report.at("/choice/threading").asText() + " threading";
    assertTrue(text.out().contains(choice), text.out());
  }

  @Test
  void shouldShowWhatToChangeUnderWhatWasFound() {
    assertEquals(
        """
        One thing to change:

          ok       cores       2 cores
          warning  clock       hpet
                               take a better one
                               $ do this

          A live run of one shard gets shared threading, idle backoff and the network through epoll; change it with --threading, --idle, --network, --shards and --cpus.
        """,
        DoctorReport.text(CHECKS, CHOICE, false));
  }
}
