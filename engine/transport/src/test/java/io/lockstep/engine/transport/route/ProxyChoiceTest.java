package io.lockstep.engine.transport.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Proxy;
import io.lockstep.scenario.plan.Proxy.Kind;
import io.lockstep.scenario.plan.Proxy.Tunnel;
import io.lockstep.scenario.plan.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy is taken, and by which rules. */
class ProxyChoiceTest {
  private static final Proxy OF_ENVIRONMENT = new Proxy(null, Tunnel.AUTO, "", "", List.of());
  private static final Target PLAIN = new Target(false, "shop.example.com", 80, "");
  private static final Target SECURE = new Target(true, "shop.example.com", 443, "");

  private static ProxyChoice choose(final Target target, final String... pairs) {
    final Map<String, String> environment =
        Arrays.stream(pairs)
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(p -> p[0], p -> p[1]));
    return ProxyChoice.of(OF_ENVIRONMENT, target, HttpUse.Version.AUTO, new byte[0], environment);
  }

  private static String url(final ProxyChoice choice) {
    return String.valueOf(choice.server());
  }

  @Test
  void shouldTakeTheVariableOfTheSchemeInLowerCaseFirst() {
    assertEquals("http://a:1", url(choose(PLAIN, "http_proxy=http://a:1", "HTTP_PROXY=b:2")));
    assertEquals("http://b:2", url(choose(PLAIN, "HTTP_PROXY=b:2", "ALL_PROXY=c:3")));
    assertEquals("http://c:3", url(choose(PLAIN, "ALL_PROXY=c:3", "https_proxy=d:4")));
    assertEquals("http://d:4", url(choose(SECURE, "ALL_PROXY=c:3", "https_proxy=d:4")));
    assertEquals(
        "http://c:3", url(choose(SECURE, "http_proxy=", "all_proxy=c:3", "ALL_PROXY=e:5")));
  }

  /** A header {@code Proxy} of a request to a CGI program would come as HTTP_PROXY. */
  @Test
  void shouldNotTakeWhatWhoeverAsksACgiProgramCanSet() {
    assertNull(choose(PLAIN, "HTTP_PROXY=evil:1", "REQUEST_METHOD=GET").server());
    assertEquals("http://a:1", url(choose(PLAIN, "http_proxy=a:1", "REQUEST_METHOD=GET")));
  }

  @Test
  void shouldSayWhatItFound() {
    final ProxyChoice none = choose(SECURE, "http_proxy=a:1");
    assertNull(none.server());
    assertEquals(
        "no proxy: the environment has neither https_proxy nor all_proxy, in either case",
        none.why());
    assertEquals(
        "no proxy: no_proxy of the environment names shop.example.com",
        choose(PLAIN, "http_proxy=a:1", "NO_PROXY=localhost, example.com").why());
    assertEquals(
        "through the proxy http://a:1, as HTTPS_PROXY says",
        choose(SECURE, "HTTPS_PROXY=http://me:secret@a:1/").why());
    assertEquals(
        "through the proxy http://a:1080, which speaks to the target, as http_proxy says",
        choose(PLAIN, "http_proxy=a").why());
  }

  @Test
  void shouldReadUserAndPasswordAndShowThemToNobody() {
    final ProxyChoice choice = choose(SECURE, "https_proxy=http://me:p%40ss%3A1@[::1]:3128/x");
    assertEquals("http://[::1]:3128", url(choice));
    // base64 of me:p@ss:1
    assertEquals(
        "Proxy-Authorization: Basic bWU6cEBzczox\r\n", choice.server().authorizationField());
    assertFalse(choice.toString().contains("p@ss"), choice::toString);
    assertTrue(choose(SECURE, "https_proxy=socks5h://s:1").server().tunnels());
  }

  @ParameterizedTest
  @CsvSource({
    "https://me:secret@a:1, 'begins with https://, which is not supported'",
    "socks4://me:secret@a:1, 'begins with socks4://, which is not supported'",
    "http://me:secret@a:99999, 'has a port that is not within 1 to 65535'",
    "http://me:secret%zz@a:1, 'has a % in its user or password that encodes nothing'",
    "http://me:secret@a b:1, 'is no URL of a proxy'"
  })
  void shouldRefuseWhatMakesNoSenseWithoutRepeatingIt(final String value, final String words) {
    final RouteException refused =
        assertThrows(RouteException.class, () -> choose(PLAIN, "http_proxy=" + value));
    assertTrue(refused.getMessage().contains(words), refused::getMessage);
    assertTrue(refused.getMessage().contains("http_proxy"), refused::getMessage);
    assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
  }

  @Test
  void shouldTunnelWhatTheFileWantsTunnelled() {
    final Proxy.Server server = new Proxy.Server(Kind.HTTP, "p", 1);
    for (final Tunnel tunnel : Tunnel.values()) {
      final Proxy said = new Proxy(server, tunnel, "", "", List.of("other.test"));
      final byte[] none = {};
      assertEquals(
          tunnel == Tunnel.ALWAYS,
          ProxyChoice.of(said, PLAIN, HttpUse.Version.AUTO, none, Map.of()).server().tunnels());
      if (tunnel == Tunnel.NEVER) {
        assertThrows(
            RouteException.class,
            () -> ProxyChoice.of(said, SECURE, HttpUse.Version.AUTO, none, Map.of()));
      } else {
        assertTrue(
            ProxyChoice.of(said, SECURE, HttpUse.Version.AUTO, none, Map.of()).server().tunnels());
      }
      assertNull(
          ProxyChoice.of(
                  said,
                  new Target(false, "a.other.test", 80, ""),
                  HttpUse.Version.AUTO,
                  none,
                  Map.of())
              .server());
    }
  }

  /** A proxy that speaks HTTP/1.1 for others would make nothing of the preface of HTTP/2. */
  @Test
  void shouldTunnelWhatSpeaksHttp2Alone() {
    final byte[] none = {};
    for (final Proxy.Server server :
        new Proxy.Server[] {new Proxy.Server(Kind.HTTP, "p", 1), null}) {
      final Map<String, String> environment = Map.of("http_proxy", "http://p:1");
      final Proxy auto = new Proxy(server, Tunnel.AUTO, "", "", List.of());
      assertTrue(
          ProxyChoice.of(auto, PLAIN, HttpUse.Version.HTTP_2, none, environment)
              .server()
              .tunnels());
      assertFalse(
          ProxyChoice.of(auto, PLAIN, HttpUse.Version.HTTP_1_1, none, environment)
              .server()
              .tunnels());
      final Proxy never = new Proxy(server, Tunnel.NEVER, "", "", List.of());
      final RouteException refused =
          assertThrows(
              RouteException.class,
              () -> ProxyChoice.of(never, PLAIN, HttpUse.Version.HTTP_2, none, environment));
      assertTrue(refused.getMessage().contains("HTTP/2"), refused::getMessage);
    }
  }

  @Test
  void shouldRefuseAUserWithoutPasswordForSocks() {
    final Proxy said =
        new Proxy(new Proxy.Server(Kind.SOCKS5, "p", 1), Tunnel.AUTO, "me", "", List.of());
    assertThrows(
        RouteException.class,
        () -> ProxyChoice.of(said, PLAIN, HttpUse.Version.AUTO, new byte[0], Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "example.com, EXAMPLE.com., true",
    "www.example.com, example.com, true",
    "www.example.com, .example.com, true",
    "example.com, .example.com, true",
    "nonexample.com, example.com, false",
    "example.com, www.example.com, false",
    "anything, *, true",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.0.0/16, true",
    "10.2.2.3, 10.1.0.0/16, false",
    "10.1.2.3, 10.1.2.0/33, false",
    "10.1.2.3, 1.2.3, false",
    "2001:db8::1, 2001:db8::1, true",
    "2001:db8::1, [2001:db8::1], true",
    "2001:db8::1, 2001:db8::/32, true",
    "2001:db9::1, 2001:db8::/32, false",
    "10.1.2.3, ::/0, false",
    "example.com, 0.0.0.0/0, false"
  })
  void shouldMatchHostsByTheRulesOfNoProxy(
      final String host, final String rule, final boolean matches) {
    assertEquals(matches, HostRules.match(List.of("unrelated.test", rule), host));
    assertFalse(HostRules.match(List.of("unrelated.test", ""), host));
  }
}
