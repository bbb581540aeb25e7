package io.lockstep.engine.content.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.Target;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References resolved as RFC 3986 shows, and redirects followed as browsers do. */
class RedirectsTest {
  private static final Reference BASE = Reference.parse("http://a/b/c/d;p?q");

  private final Redirects redirects = new Redirects(new Target(false, "a.com", 80, "/base"));

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "g:h g:h",
        "g http://a/b/c/g",
        "./g http://a/b/c/g",
        "g/ http://a/b/c/g/",
        "/g http://a/g",
        "//g http://g",
        "?y http://a/b/c/d;p?y",
        "g?y http://a/b/c/g?y",
        "#s http://a/b/c/d;p?q#s",
        "g#s http://a/b/c/g#s",
        "g?y#s http://a/b/c/g?y#s",
        ";x http://a/b/c/;x",
        "g;x http://a/b/c/g;x",
        "g;x?y#s http://a/b/c/g;x?y#s",
        "'' http://a/b/c/d;p?q",
        ". http://a/b/c/",
        "./ http://a/b/c/",
        ".. http://a/b/",
        "../ http://a/b/",
        "../g http://a/b/g",
        "../.. http://a/",
        "../../ http://a/",
        "../../g http://a/g"
      })
  void shouldResolveTheNormalExamples(final String reference, final String expected) {
    assertEquals(expected, BASE.resolve(Reference.parse(reference)).toString());
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "../../../g http://a/g",
        "../../../../g http://a/g",
        "/./g http://a/g",
        "/../g http://a/g",
        "g. http://a/b/c/g.",
        ".g http://a/b/c/.g",
        "g.. http://a/b/c/g..",
        "..g http://a/b/c/..g",
        "./../g http://a/b/g",
        "./g/. http://a/b/c/g/",
        "g/./h http://a/b/c/g/h",
        "g/../h http://a/b/c/h",
        "g;x=1/./y http://a/b/c/g;x=1/y",
        "g;x=1/../y http://a/b/c/y",
        "g?y/./x http://a/b/c/g?y/./x",
        "g?y/../x http://a/b/c/g?y/../x",
        "g#s/./x http://a/b/c/g#s/./x",
        "g#s/../x http://a/b/c/g#s/../x",
        "http:g http:g"
      })
  void shouldResolveTheAbnormalExamples(final String reference, final String expected) {
    assertEquals(expected, BASE.resolve(Reference.parse(reference)).toString());
  }

  @ParameterizedTest(name = "{0} to {1} from {2} {3}: {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "200|/x|GET|/|NONE null null false",
        "304|/x|GET|/|NONE null null false",
        "300|/x|GET|/|NONE null null false",
        "301|/x|GET|/|FOLLOW GET /x true",
        "301|/x|POST|/|FOLLOW GET /x false",
        "302|/x|POST|/|FOLLOW GET /x false",
        "302|/x|PUT|/|FOLLOW PUT /x true",
        "303|/x|PUT|/|FOLLOW GET /x false",
        "303|/x|HEAD|/|FOLLOW HEAD /x true",
        "307|/x|POST|/|FOLLOW POST /x true",
        "308|/x|POST|/|FOLLOW POST /x true",
        "302|y?z=1#f|GET|/base/a/b?c|FOLLOW GET /base/a/y?z=1 true",
        "302|?p=2|GET|/base/a?p=1|FOLLOW GET /base/a?p=2 true",
        "302|http://A.com:80/q|GET|/|FOLLOW GET /q true",
        "302|HTTP://a.com|GET|/x|FOLLOW GET / true",
        "302|//a.com/q|GET|/|FOLLOW GET /q true",
        "302|https://a.com/q|GET|/|ELSEWHERE null null false",
        "302|http://a.com:81/q|GET|/|ELSEWHERE null null false",
        "302|http://b.com/q|GET|/|ELSEWHERE null null false",
        "302|http://u@a.com/q|GET|/|ELSEWHERE null null false",
        "302|mailto:x|GET|/|ELSEWHERE null null false",
        "302|-|GET|/|NOWHERE null null false",
        "302|/a b<c>|GET|/|FOLLOW GET /a%20b%3Cc%3E true",
        "302|/é|GET|/|FOLLOW GET /%E9 true",
      })
  void shouldDecide(
      final int status,
      final String location,
      final String method,
      final String path,
      final String expected) {
    assertEquals(expected, shown(redirects.decide(status, location, method, path, 0, 10)));
  }

  @Test
  void shouldStopAtTheLimit() {
    assertEquals(Redirect.Kind.FOLLOW, redirects.decide(302, "/", "GET", "/", 9, 10).kind());
    assertEquals(Redirect.Kind.TOO_MANY, redirects.decide(302, "/", "GET", "/", 10, 10).kind());
    assertEquals(Redirect.Kind.NONE, redirects.decide(302, "/", "GET", "/", 0, 0).kind());
    assertEquals(
        Redirect.Kind.NOWHERE,
        redirects.decide(302, "/".repeat(Redirects.MAX_LOCATION + 1), "GET", "/", 0, 10).kind());
  }

  @Property(tries = 1_000)
  void anyPathThatIsFollowedCanBeSent(
      @ForAll
          @StringLength(max = 30)
          @Chars({'.', '/', 'a', '?', '#', ':', ' ', '\u00e9', '%', '@'})
          final String location) {
    final Redirect next = redirects.decide(302, location, "GET", "/base/x/y?z", 0, 10);
    if (next.kind() == Redirect.Kind.FOLLOW) {
      assertTrue(next.path().startsWith("/"), next.path());
      assertTrue(next.path().chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#'), next.path());
    }
  }

  private static String shown(final Redirect next) {
    return next.kind() + " " + next.method() + " " + next.path() + " " + next.keepsBody();
  }
}
