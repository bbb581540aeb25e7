package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.diagnostic.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each error stands alone, at its exact place. */
class ScenarioErrorTest {
  @ParameterizedTest(name = "line {0} `{1}` is refused at column {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "1|name: 42|7|expected a name, found the number `42`",
        "1|name: ' x'|7|` x` starts or ends with blanks",
        "1|name:|1|`name` has no value",
        "1|name: ''|7|`` is blank",
        "1|name: [a]|7|expected a name, found a list",
        "2|target: ftp://x|9|the target must start with http:// or https://",
        "2|target: http://x/?q=1|9|the target has more than host, port and path",
        "2|target: http://u:p@x/|9|the target has more than host, port and path",
        "2|target: http://x:0|9|the target's port is not one from 1 to 65535",
        "2|target: http://x:65536|9|the target's port is not one from 1 to 65535",
        "2|target: http:///a|9|the target has no usable host name",
        "2|target: http://a b|9|the target is not a URL: illegal character in authority",
        "4|  'a b':|3|`a b` is no scenario name: letters, digits, `_`, `-` and `.`, at most 200",
        "5|    load: 3|11|expected a load, found the number `3`",
        "5|    load: {vus: 5}|11|a load needs `executor`",
        "5|    load: {executor: constant-vu}|22|`executor` cannot be `constant-vu`",
        "5|    load: {executor: [a]}|22|`executor` cannot be a list",
        "5|    load: {executor: constant-vus, vus: 5}|11|a constant-vus load needs `duration`",
        "5|    load: {executor: constant-vus, vus: 0, duration: 3s}|41|`0` is out of range",
        "5|    load: {executor: constant-vus, vus: 100000001, duration: 3s}|41"
            + "|`100000001` is out of range",
        "5|    load: {executor: constant-vus, vus: 010, duration: 3s}|41"
            + "|`010` is not plainly decimal",
        "5|    load: {executor: constant-vus, vus: 5, duration: 3}|54"
            + "|a duration needs a unit, found `3`",
        "5|    load: {executor: constant-vus, vus: 5, duration: 3 s}|54|`3 s` is not a duration",
        "5|    load: {executor: constant-vus, vus: 5, duration: -3s}|54|`-3s` is not a duration",
        "5|    load: {executor: constant-vus, vus: 5, duration: 0s}|54|`0s` is out of range",
        "5|    load: {executor: constant-vus, vus: 5, duration: 0.5ns}|54"
            + "|`0.5ns` is not a whole number of nanoseconds",
        "5|    load: {executor: constant-vus, vus: 5, durration: 3s, duration: 3s}|44"
            + "|a constant-vus load has no key `durration`",
        "5|    load: {executor: constant-arrival-rate, rate: 1000000000, time_unit: 1ms,"
            + " duration: 1h, max_vus: 1}|51"
            + "|rate and duration make 3600000000000000 arrivals, at most 1000000000000",
        "5|    load: {executor: constant-arrival-rate, rate: 5, duration: 2545h, max_vus: 1,"
            + " arrivals: poisson}|64"
            + "|poisson arrivals can last 106 days (2544h) at most",
        "5|    load: {executor: constant-arrival-rate, rate: 1000001, time_unit: 1ms,"
            + " duration: 1s, max_vus: 1, arrivals: poisson}|51"
            + "|poisson arrivals need a mean gap of 1ns at least, so here a rate of 1000000 at most",
        "6|    think: true|12|expected a duration such as 30s, 1m30s or 250ms,"
            + " found the boolean `true`",
        "6|    think: {distribution: gauss}|27|`distribution` cannot be `gauss`",
        "6|    think: {distribution: uniform, min: 2s, max: 1s}|41|`min` is larger than `max`",
        "6|    think: {distribution: lognormal, median: 1s, sigma: -1}|57|`-1` is out of range",
        "6|    think: {distribution: empirical, values: []}|46"
            + "|the list is empty, it needs at least one of its values",
        "6|    think: {distribution: empirical, values: [1s], weights: [1, 2]}|61"
            + "|there are 1 values but 2 weights",
        "8|      - {name: home}|9|a request needs `path`",
        "8|      - {path: item}|16|`item` does not start with a slash",
        "8|      - {path: '/a b'}|16|`/a b` has a space in it: percent-encode it as %20",
        "8|      - {path: /é}|16|`/é` has U+00E9 in it: percent-encode it as %C3%A9",
        "8|      - {path: '/a#b'}|16|`/a#b` has a fragment, which is never sent:"
            + " leave out `#`, or write %23",
        "8|      - {path: /, method: get}|27|`get` must be in upper case: did you mean `GET`?",
        "8|      - {path: /, method: 'A B'}|27|`A B` is not a method name",
        "8|      - {path: /, method: CONNECT}|27"
            + "|`CONNECT` opens a tunnel, which is not in this version",
        "8|      - {path: /, headers: {Host: a}}|29"
            + "|`Host` is written by the engine, from the target and the body",
        "8|      - {path: /, headers: {content-Length: 3}}|29"
            + "|`content-Length` is written by the engine, from the target and the body",
        "8|      - {path: /, headers: {Connection: close}}|29"
            + "|`Connection` concerns the connection, which the engine manages",
        "8|      - {path: /, headers: {'X:': close}}|29"
            + "|`X:` is not a header name: letters, digits and !#$%&'*+-.^_`\u00a6~",
        "8|      - {path: /, headers: {X: ä}}|32"
            + "|`ä` has a character in it that is not printable ASCII",
        "8|      - {path: /, headers: {X: a, x: b}}|35|the header `x` is here for the second time",
        "8|      - {path: /, weight: 0}|27|`0` is out of range",
        "8|      - {path: /, weight: 1.5}|27"
            + "|expected a weight from 1 to 1000000000, found the number `1.5`",
        "8|      - {path: /, body: 1}|25|expected text, found the number `1`",
        "8|      - {path: /, timeout: 25h}|28|`25h` is out of range",
        "8|      - {path: /item, name: item}|NEXT|a request before this one is named `item` too",
      })
  void shouldRefuseAtItsPlace(
      final int line, final String replacement, final String column, final String message) {
    final String place = column.equals("NEXT") ? (line + 1) + ":9" : line + ":" + column;
    assertEquals(
        List.of("t.yaml:" + place + ": error: " + message.replace('\u00a6', '|')),
        Texts.headlines(Texts.withLine(line, replacement)));
  }

  @ParameterizedTest(name = "the block `{0}` is refused at {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "sed: 1|1|a scenario file has no key `sed`",
        "seed: 9223372036854775808|7|`9223372036854775808` is out of range",
        "seed: 1.0|7|expected an integer of 64 bits, found the number `1.0`",
        "tick: 999ns|7|`999ns` is out of range",
        "tick: 2s|7|`2s` is out of range",
        "timeout: 1e3|10|a duration needs a unit, found `1e3`",
        "headers: [a]|10|expected a map of headers by name, found a list",
        "connections: {mode: shard}|21|`shard` is not allowed here",
        "connections: {mode: shared}|14|connections with `mode: shared` need `size`",
        "connections: {size: 3}|21|`size` belongs to `mode: shared`;"
            + " with `mode: per-vu` each VU has one connection",
        "connections: {max_header: 1}|27|`1` is out of range",
        "connections: {mode: per-request, size: 3}|40|`size` belongs to `mode: shared`;"
            + " with `mode: per-request` each request has one connection",
        "connections: {mode: per-request, max_idle: 1s}|44|`max_idle` has no meaning with"
            + " `mode: per-request`: no connection is kept",
        "connections: {mode: shared, size: 3, open_ahead: 4}|50|`open_ahead` is more than the"
            + " pool's `size` of 3",
        "connections: {sources: [localhost]}|25|`localhost` is no IP address; a name is not looked"
            + " up here",
        "connections: {sources: [1.2.3.256]}|25|`1.2.3.256` is no IP address; a name is not looked"
            + " up here",
        "connections: {hosts: {a b: ['::1']}}|23|`a b` is no host name: letters, digits, `_`, `-`"
            + " and `.`",
        "connections: {hosts: {a: ['1::2::3']}}|27|`1::2::3` is no IP address; a name is not looked"
            + " up here",
        "clock: yesterday|8|`yesterday` is no time",
        "clock: 1969-12-31T23:59:59Z|8|`1969-12-31T23:59:59Z` is not between 1970 and 2200",
        "clock: 2026-11-20T08:00:00.0001Z|8|`2026-11-20T08:00:00.0001Z` is no whole number of"
            + " milliseconds",
        "connections: {unix_socket: a b}|28|`a b` has a blank or a character beyond ASCII",
        "connections: {unix_socket: /s, sources: ['::1']}|41|a Unix socket is not connected to from"
            + " any of `sources`",
        "connections: {unix_socket: /s, proxy: 'http://a:1'}|39|a Unix socket is reached without it:"
            + " `unix_socket` and `proxy` exclude each other",
        "connections: {unix_socket: /s, dns_ttl: 1s}|41|a Unix socket is reached without it:"
            + " `unix_socket` and `dns_ttl` exclude each other",
        "connections: {proxy: nowhere}|22|`nowhere` is no URL of a proxy",
        "connections: {proxy: 'https://a:1'}|22|`https://a:1` begins with https://, which is not"
            + " supported",
        "connections: {proxy: 'http://a'}|22|`http://a` has no port",
        "connections: {proxy: {url: 'http://a:65536'}}|28|`http://a:65536` has a port that is not"
            + " within 1 to 65535",
        "connections: {proxy: {url: 'socks5://a:1', tunnel: never}}|52|a SOCKS proxy makes tunnels"
            + " only: leave `tunnel` out",
        "connections: {proxy: {url: 'http://a:1', user: u, password: p}}|61|`p` is no secret: a"
            + " password never stands in a scenario file",
        "connections: {proxy: {url: 'http://a:1', user: u, password: '${secrets.no}'}}|61|there is"
            + " no secret `no`",
        "connections: {proxy: {url: 'http://a:1', user: 'a:b'}}|48|`a:b` has a colon or a control"
            + " character",
        "connections: {proxy: {url: environment, user: u}}|47|the environment says who asks,"
            + " in its URL: `user` belongs to a proxy that the file names",
        "connections: {proxy: {url: 'http://a:1', no_proxy: ['a b']}}|53|`a b` is no host, domain,"
            + " address or range of addresses",
        "connections: {resolver: dns.example}|25|`dns.example` is neither `system` nor an IP"
            + " address with a port or without",
        "connections: {resolver: '127.0.0.1:0'}|25|`127.0.0.1:0` has a port that is not within 1 to"
            + " 65535",
        "connections: {dns_ttl: 1ms}|24|`1ms` is out of range",
        "connections: {attempt_delay: 1s}|30|`attempt_delay` belongs to `addresses:"
            + " happy-eyeballs`",
        "connections: {max_body: 1TB}|25|`1TB` is not a size",
        "simulate: {}|11|`simulate` needs `latency`",
        "simulate: {latency: 1ms, servers: 0}|35|`0` is out of range",
        "simulate: {latency: 1ms, status: 199}|34|`199` is out of range",
        "simulate: {latency: 1ms, errors: {rset: 0.1}}|35|`errors` has no key `rset`",
        "simulate: {latency: 1ms, errors: {interrupted: 1}}|35|`errors` has no key `interrupted`",
        "simulate: {latency: 1ms, errors: {reset: 1.1}}|42|`1.1` is out of range",
        "simulate: {latency: 1ms, errors: {reset: 0.6, closed_early: 0.5}}|34"
            + "|the probabilities add up to 1.1, at most 1",
        "simulate: {latency: 1ms, requests: {hom: {}}}|37|no request is named `hom`",
        "simulate: {latency: 1ms, requests: {home: {}, browse/home: {}}}|47"
            + "|`browse/home` is the request that `home` is too",
        "simulate: {latency: 1ms, headers: {Host: a}}|36"
            + "|`Host` is written by the engine, from the target and the body",
        "record: {bodies: some}|18|`some` is not allowed here",
        "record: {max_body: 17MiB}|20|`17MiB` is out of range",
        "record: {bodys: all}|10|`record` has no key `bodys`",
        "name: again|1|the key `name` is here for the second time",
        "\"\\uD800\": 1|1|a scenario file has no key `\uFFFD`",
      })
  void shouldRefuseAtTheEnd(final String block, final int column, final String message) {
    assertEquals(
        List.of("t.yaml:10:" + column + ": error: " + message),
        Texts.headlines(Texts.withMore(block)));
  }

  @ParameterizedTest(name = "the flow `{0}` is refused at {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "    flow: 3|11|expected a list of steps, found the number `3`",
        "    flow: []|11|the list is empty, it needs at least one of its steps",
        "    flow: [think]|12|expected a step, found the text `think`",
        "    flow: [{}]|12|a step cannot be empty",
        "    flow: [{thnk: 1s}]|13|a step cannot be `thnk`",
        "    flow: [{think: 1s, pace: 1s}]|24|a step is one thing, here it is `think` and `pace`",
        "    flow: [{think: 1s, steps: []}]|24|a think step has no key `steps`",
        "    flow: [{group: a}]|12|a group needs `steps`",
        "    flow: [{repeat: 0, steps: [{think: 1s}]}]|21|`0` is out of range",
        "    flow: [{repeat: 2, steps: [{request: {path: a}}]}]|49"
            + "|`a` does not start with a slash",
        "    flow: [{request: {path: /a, weight: 2}}]|33|a request has no key `weight`",
        "    flow: [{request: {path: /a}}, {group: g, steps: [{request: {path: /a}}]}]|64"
            + "|a request before this one is named `GET /a` too",
        "    flow: [{choose: uniform, options: [{weight: 2}]}]|21"
            + "|weights of options count with `choose: weighted` alone",
        "    flow: [{choose: first, options: [{}]}]|21|`first` is not allowed here",
        "    flow: [{retry: {times: 256}, steps: [{think: 1s}]}]|28|`256` is out of range",
        "    flow: [{parallel: {max: 101}, requests: [{path: /}]}]|29|`101` is out of range",
        "    flow: [{rendezvous: {}}]|25|`rendezvous` needs `users`",
        "    flow: [{stop: all}]|19|`all` is not allowed here",
      })
  void shouldRefuseAFlowAtItsPlace(final String flow, final int column, final String message) {
    assertEquals(
        List.of("t.yaml:6:" + column + ": error: " + message),
        Texts.headlines(
            "name: t\ntarget: http://h\nscenarios:\n  s:\n"
                + "    load: {executor: constant-arrival-rate, rate: 1, duration: 1s, max_vus: 1}\n"
                + flow
                + "\n"));
  }

  @ParameterizedTest(name = "the scenario `{0}` is refused at {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "executor: constant-vus, vus: 1, duration: 1s}, requests: [{path: /}], flow: [{think: 1s}]"
            + "|84|a scenario has `requests` or `flow`, not both",
        "executor: constant-vus, vus: 1, duration: 1s}, think: 1s, flow: [{think: 1s}]"
            + "|61|`think` belongs to the short form with `requests`",
        "executor: constant-arrival-rate, rate: 1, duration: 1s, max_vus: 1},"
            + " flow: [{think: 1s}], start: [{think: 1s}]"
            + "|13|`start` and `stop` need VUs that last, and here each iteration is a new user",
        "executor: shared-iterations, vus: 1, iterations: 1}, flow: [{think: 1s}],"
            + " stop: [{think: 1s}]"
            + "|13|`start` and `stop` need VUs that last, and here each iteration is a new user",
      })
  void shouldRefuseWhatDoesNotFitAFlow(
      final String scenario, final int column, final String message) {
    assertEquals(
        List.of("t.yaml:4:" + column + ": error: " + message),
        Texts.headlines("name: t\ntarget: http://h\nscenarios:\n  s: {load: {" + scenario + "}\n"));
  }

  @Test
  void shouldReportAllErrorsOfAFileSortedByPlace() {
    final String text =
        """
        nam: x
        target: http://x:99999
        scenarios:
          a: {load: {executor: constant-vus, vus: 0, duration: 1}, requests: []}
          b: {}
        simulate: {latency: 1, requests: {c: {status: 1}}}
        """;
    assertEquals(
        List.of(
            "t.yaml:1:1: error: a scenario file needs `name`",
            "t.yaml:1:1: error: a scenario file has no key `nam`",
            "t.yaml:2:9: error: the target's port is not one from 1 to 65535",
            "t.yaml:4:43: error: `0` is out of range",
            "t.yaml:4:56: error: a duration needs a unit, found `1`",
            "t.yaml:4:70: error: the list is empty, it needs at least one of its requests",
            "t.yaml:5:6: error: a scenario needs `load`",
            "t.yaml:5:6: error: a scenario needs `requests` or `flow`",
            "t.yaml:6:21: error: a duration needs a unit, found `1`",
            "t.yaml:6:35: error: no request is named `c`",
            "t.yaml:6:47: error: `1` is out of range"),
        Texts.headlines(text).stream().sorted(ScenarioErrorTest::missingFirst).toList());
  }

  @Test
  void shouldReportAllErrorsOfALoadWithoutAKnownExecutor() {
    final String load = "{executor: constant-rate, rate: -1, durration: 3s, vus: x, stagges: 1}";
    assertEquals(
        List.of(
            "t.yaml:5:22: error: `executor` cannot be `constant-rate`",
            "t.yaml:5:43: error: `-1` is out of range",
            "t.yaml:5:47: error: a load has no key `durration`",
            "t.yaml:5:67: error: expected a number of VUs from 1 to 100000000, found the text `x`",
            "t.yaml:5:70: error: a load has no key `stagges`"),
        Texts.headlines(Texts.withLine(5, "    load: " + load)));
    assertEquals(
        List.of(
            "t.yaml:5:11: error: a load needs `executor`",
            "t.yaml:5:17: error: `0` is out of range"),
        Texts.headlines(Texts.withLine(5, "    load: {vus: 0, duration: 3s}")));
  }

  @Test
  void shouldReportConflictsBesideOtherErrors() {
    final String text =
        """
        name: x
        connections: {size: 3, max_body: lots}
        scenarios:
          a:
            load: {executor: constant-arrival-rate, rate: 1000000000, time_unit: 1ms,
              duration: 8000h, max_vus: 0, arrivals: poisson}
            requests: [{name: a, path: a}, {name: a, path: /b}]
        target: http://x
        """;
    assertEquals(
        List.of(
            "t.yaml:2:21: error: `size` belongs to `mode: shared`;"
                + " with `mode: per-vu` each VU has one connection",
            "t.yaml:2:34: error: `lots` is not a size",
            "t.yaml:5:51: error: rate and duration make 28800000000000000000 arrivals,"
                + " at most 1000000000000",
            "t.yaml:5:51: error: poisson arrivals need a mean gap of 1ns at least,"
                + " so here a rate of 1000000 at most",
            "t.yaml:6:17: error: poisson arrivals can last 106 days (2544h) at most",
            "t.yaml:6:33: error: `0` is out of range",
            "t.yaml:7:32: error: `a` does not start with a slash",
            "t.yaml:7:36: error: a request before this one is named `a` too"),
        Texts.headlines(text));
  }

  /** The order of two errors at one place is not promised. */
  private static int missingFirst(final String a, final String b) {
    final String placeA = a.substring(0, a.indexOf(" error"));
    return b.startsWith(placeA)
        ? Boolean.compare(b.contains("needs `name`"), a.contains("needs `name`"))
        : 0;
  }

  @Test
  void shouldRejectUnknownKeyWithNearestNameAndAllowedOnes() {
    final Diagnostic diagnostic =
        Texts.diagnostics(
                Texts.withLine(
                    5,
                    "    load: {executor: constant-vus, vus: 5, duration: 3s, "
                        + "gracefulStop: 3s}"))
            .get(0);
    assertEquals(
        """
        t.yaml:5:58: error: a constant-vus load has no key `gracefulStop`
          5 |     load: {executor: constant-vus, vus: 5, duration: 3s, gracefulStop: 3s}
            |                                                          ^
            = allowed: executor, vus, duration, graceful_stop
            = did you mean `graceful_stop`?
        """,
        diagnostic.render());
    assertEquals(Diagnostic.Kind.UNKNOWN_KEY, diagnostic.kind());
  }

  @Test
  void shouldSayWhichVariantAKeyBelongsTo() {
    final Diagnostic diagnostic =
        Texts.diagnostics(
                Texts.withLine(
                    5, "    load: {executor: constant-vus, vus: 5, duration: 3s, iterations: 3}"))
            .get(0);
    assertTrue(
        diagnostic.notes().contains("`iterations` belongs to `executor: per-vu-iterations`"),
        diagnostic.render());
  }

  @Test
  void shouldSayWhichUnitsExistForABareNumber() {
    final Diagnostic diagnostic = Texts.diagnostics(Texts.withMore("timeout: 30\n")).get(0);
    assertEquals(List.of("units: ns us ms s m h"), diagnostic.notes());
  }

  @Test
  void shouldRejectANameThatSeveralRequestsHave() {
    final String text =
        Texts.withMore(
            """
              again:
                load: {executor: per-vu-iterations, vus: 1, iterations: 1}
                think: 0s
                requests: [{name: home, path: /}]
            simulate: {latency: 1ms, requests: {home: {}}}
            """);
    final List<Diagnostic> found = Texts.diagnostics(text);
    assertEquals("t.yaml:14:37: error: 2 requests are named `home`", found.get(0).headline());
    assertEquals(List.of("write one of: browse/home, again/home"), found.get(0).notes());
    assertEquals(1, found.size());
  }

  @Test
  void shouldRejectAFileWithNeitherTargetNorSimulation() {
    assertEquals(
        List.of("t.yaml:1:1: error: a scenario file needs `target` or `simulate`"),
        Texts.headlines(Texts.withLine(2, "")));
  }

  @Test
  void shouldRejectMoreVusThanAnIntCounts() {
    final StringBuilder text = new StringBuilder("name: x\ntarget: http://x\nscenarios:\n");
    for (int i = 0; i < 22; i++) {
      text.append("  s").append(i).append(": {load: {executor: constant-vus, vus: 100000000, ");
      text.append("duration: 1s}, think: 1s, requests: [{path: /}]}\n");
    }
    assertEquals(
        List.of(
            "t.yaml:4:3: error: the scenarios have 2200000000 VUs together, at most 2147483647"),
        Texts.headlines(text.toString()));
  }

  @Test
  void shouldRefuseToKeepNoBodyWhereARequestReadsOne() {
    final String file =
        """
        name: t
        target: http://127.0.0.1
        scenarios:
          s:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            think: 1s
            requests:
              - {name: quiet, path: /q, checks: [{status: 200}, {header: x}]}
              - {name: items, path: /i, extract: {a: {json: "$.a"}}}
        record:
          max_body: 1KiB
          bodies: none
        """;
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.yaml", file));
    assertTrue(e.render().contains("t.yaml:12:11: error:"), e.render());
    assertTrue(e.render().contains("reads the body of items"), e.render());
    assertTrue(e.render().contains("scenario `s`"), e.render());
  }

  @Test
  void shouldCountErrorsThatItDoesNotKeep() {
    final StringBuilder text = new StringBuilder(Texts.GOOD);
    for (int i = 0; i < 700; i++) {
      text.append("unknown").append(i).append(": 1\n");
    }
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.yaml", text.toString()));
    assertEquals(500, e.diagnostics().size());
    assertEquals(200, e.omitted());
    assertTrue(e.render().endsWith("\nand 200 more\n"));
  }

  @Test
  void shouldShowNoControlCharactersToATerminal() {
    final String rendered = Texts.diagnostics(Texts.withMore("\"\\e[31m\": 1\n")).get(0).render();
    assertFalse(rendered.contains("\u001b"), rendered);
  }

  @Test
  void shouldSayWhatToWriteInsteadOfASetupOrATeardownOfAScenario() {
    final List<Diagnostic> diagnostics =
        Texts.diagnostics(
            Texts.withLine(6, "    think: 1s\n    setup: [{think: 1s}]\n    teardown: []"));
    assertEquals(
        List.of(
            "t.yaml:7:5: error: a scenario has no key `setup`",
            "t.yaml:8:5: error: a scenario has no key `teardown`"),
        diagnostics.stream().map(Diagnostic::headline).toList());
    assertTrue(diagnostics.get(0).notes().get(1).contains("does first: `start` in its scenario"));
    assertTrue(diagnostics.get(1).notes().get(1).contains("does last: `stop` in its scenario"));
  }
}
