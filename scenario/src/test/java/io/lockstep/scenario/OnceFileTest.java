package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done once around the scenarios of a file. */
final class OnceFileTest {
  private static final String LOGIN =
      "setup:\n"
          + "  - request: {name: login, path: /login, extract: {token: {json: \"$.token\"}}}\n"
          + "  - set: {cart: 'int(1, 9)'}\n";

  private static Plan plan(final String more) throws ScenarioException {
    return ScenarioFile.parse("t.yaml", Texts.withMore(more));
  }

  /** A file whose second request has this path, behind its setup. */
  private static String asking(final String path) {
    return Texts.withLine(9, "      - {name: item, path: '" + path + "'}\n") + LOGIN;
  }

  @Test
  void shouldCompileEachToAPlanOfOneIteration() throws ScenarioException {
    final Plan plan =
        plan(LOGIN + "setup_timeout: 90s\nteardown: [{request: {name: bye, path: /bye}}]\n");
    final Plan setup = plan.phases().setup();
    assertEquals(List.of("token", "cart"), plan.phases().values());
    assertEquals(1, setup.vus());
    assertEquals("setup", setup.scenarios().get(0).name());
    assertEquals(new Load.Closed(900_000, 1), setup.scenarios().get(0).load());
    assertEquals(0, setup.scenarios().get(0).gracefulStopTicks());
    assertEquals(plan.target(), setup.target());
    final Plan teardown = plan.phases().teardown();
    assertEquals(new Load.Closed(600_000, 1), teardown.scenarios().get(0).load());
    assertEquals("bye", teardown.requests().get(0).name());
    assertEquals(2, plan.requests().size(), "those of the load alone");
  }

  @Test
  void shouldLeaveAPlanWithoutThemAsItWas() throws ScenarioException {
    final Plan plan = plan("");
    assertEquals(Phases.NONE, plan.phases());
    assertNotEquals(plan.digest(), plan(LOGIN).digest());
    assertNotEquals(plan(LOGIN).digest(), plan(LOGIN + "setup_timeout: 61s\n").digest());
    assertEquals(plan(LOGIN).digest(), plan(LOGIN + "setup_timeout: 1m\n").digest());
  }

  @Test
  void shouldGiveSeedAndTargetToAll() throws ScenarioException {
    final Target other = new Target(false, "other", 81, "");
    final Plan plan = plan(LOGIN + "teardown: [{think: 1s}]\n").withSeed(77).withTarget(other);
    for (final String phase : List.of(Phases.SETUP, Phases.TEARDOWN)) {
      assertEquals(77, plan.phases().named(phase).seed());
      assertEquals(other, plan.phases().named(phase).target());
    }
    assertNull(plan.phases().named(Phases.LOAD));
  }

  @Test
  void shouldKnowWhatTheSetupSetsInTheLoadAndTheTeardown() throws ScenarioException {
    final String text =
        asking("/item?t=${setup.token}&c=${setup.cart + 1}")
            + "teardown: [{log: 'bye ${setup.token}'}]\n";
    final Plan plan = ScenarioFile.parse("t.yaml", text);
    assertEquals(
        "/item?t=${setup.token}&c=${setup.cart + 1}",
        plan.logic().of(1).orElseThrow().path().template().text());
    assertTrue(plan.phases().teardown().logic().logs().get(0).text().usesSetup());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/x?t=${setup.tokn}|9:42: error: `setup` sets no variable `tokn`|did you mean `token`?",
        "/x?t=${setup}|9:36: error: there is no variable `setup`|name what you want of it",
        "/x?t=${stup.token}|9:36: error: there is no data source `stup`|did you mean `setup`?"
      })
  void shouldPointAtWhatTheSetupDoesNotSet(
      final String path, final String headline, final String note) {
    final List<Diagnostic> found = Texts.diagnostics(asking(path));
    assertEquals(List.of("t.yaml:" + headline), found.stream().map(Diagnostic::headline).toList());
    assertTrue(String.join("\n", found.get(0).notes()).contains(note), found.get(0).render());
  }

  @Test
  void shouldRefuseItsValuesWhereNoSetupCameBefore() {
    final String message = "error: no setup comes before this, so there is no `setup.x`";
    assertEquals(
        List.of("t.yaml:10:19: " + message),
        Texts.headlines(Texts.withMore("setup: [{set: {y: setup.x}}]\n")));
    assertEquals(
        List.of("t.yaml:10:21: " + message),
        Texts.headlines(Texts.withMore("teardown: [{log: '${setup.x}'}]\n")));
  }

  @Test
  void shouldRefuseRowsThatNobodyElseGets() {
    assertEquals(
        List.of(
            "t.yaml:11:27: error: `users` gives each row once in the load, so `setup` can have none"
                + " of them"),
        Texts.headlines(
            Texts.withMore(
                "data: {users: {rows: [{id: a}], mode: unique}}\n"
                    + "setup: [{request: {path: '/x?u=${users.id}'}}]\n")));
  }

  @Test
  void shouldGiveOtherRowsToASetup() throws ScenarioException {
    final Plan plan =
        plan(
            "data: {users: {rows: [{id: a}], mode: random}}\n"
                + "setup: [{request: {path: '/x?u=${users.id}'}}]\n");
    assertEquals(List.of(0), plan.phases().setup().feeders().get(0).scenarios());
    assertEquals(List.of(), plan.feeders().get(0).scenarios());
  }

  @Test
  void shouldRefuseATimeoutOfNothing() {
    assertEquals(
        List.of("t.yaml:10:16: error: `setup_timeout` is there, but no `setup`"),
        Texts.headlines(Texts.withMore("setup_timeout: 5s\n")));
    assertEquals(
        List.of("t.yaml:10:19: error: `teardown_timeout` is there, but no `teardown`"),
        Texts.headlines(Texts.withMore("teardown_timeout: 5s\n")));
  }

  @Test
  void shouldRefuseAScenarioOfTheSameName() {
    assertEquals(
        List.of("t.yaml:4:3: error: a scenario is named `setup`, as the file's `setup` is"),
        Texts.headlines(Texts.withLine(4, "  setup:") + LOGIN));
  }

  @Test
  void shouldRefuseAConstantThatASetupSets() {
    assertEquals(
        List.of("t.yaml:10:12: error: `cart` is a constant here, and set in `setup`"),
        Texts.headlines(Texts.withMore("variables: {cart: 1}\n" + LOGIN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup", "teardown"})
  void shouldRefuseAConstantThatARequestExtracts(final String once) {
    final String request = "request: {path: /, extract: {token: {json: $.token}}}";
    assertEquals(
        List.of("t.yaml:10:12: error: `token` is a constant here, and set in `" + once + "`"),
        Texts.headlines(
            Texts.withMore(
                "variables: {token: 1}\n"
                    + once
                    + ": [{repeat: 2, steps: [{"
                    + request
                    + "}]}]\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup", "teardown"})
  void shouldRefuseToReadABodyThatIsNotKept(final String once) {
    final List<Diagnostic> found =
        Texts.diagnostics(
            Texts.withMore(
                "record: {bodies: none}\n"
                    + once
                    + ": [{request: {name: r, path: /, extract: {t: {json: $.t}}}}]\n"));
    assertEquals(
        List.of(
            "t.yaml:10:18: error: `record.bodies: none` keeps no body, but something reads the body"
                + " of r: a replay could not extract or check it again"),
        found.stream().map(Diagnostic::headline).toList());
    assertTrue(found.get(0).notes().contains("the request is in `" + once + "`"));
  }

  @Test
  void shouldCountItsRequestsAmongTheNames() {
    final List<String> headlines =
        Texts.headlines(
            Texts.withMore(
                "setup: [{request: {name: a, path: /}}, {request: {name: a, path: /}}]\n"));
    assertEquals(1, headlines.size());
    assertTrue(headlines.get(0).endsWith("a request before this one is named `a` too"));
  }

  @Test
  void shouldNotSendTheSetupWhatItLeaves() throws ScenarioException {
    final Plan plan =
        plan("headers: {X-All: all, Authorization: 'Bearer ${setup.token}'}\n" + LOGIN);
    assertEquals(
        List.of("X-All"),
        plan.phases().setup().requests().get(0).headers().stream().map(Header::name).toList());
    assertEquals(
        List.of("X-All", "Authorization"),
        plan.requests().get(0).headers().stream().map(Header::name).toList());
  }

  @Test
  void shouldSimulateItsRequestsByName() throws ScenarioException {
    final Plan plan =
        plan("simulate: {latency: 1ms, requests: {setup/login: {status: 503}}}\n" + LOGIN);
    assertEquals(503, plan.phases().setup().simulation().responses().get(0).status());
    assertEquals(200, plan.simulation().responses().get(0).status());
  }

  @Test
  void shouldRefuseSecretsInWhatItLeaves() {
    final List<String> headlines =
        Texts.headlines(
            Texts.withMore("secrets: {key: {env: KEY}}\nsetup: [{set: {x: secrets.key}}]\n"));
    assertEquals(1, headlines.size());
    assertTrue(headlines.get(0).endsWith("a secret cannot be used here"), headlines.get(0));
  }
}
