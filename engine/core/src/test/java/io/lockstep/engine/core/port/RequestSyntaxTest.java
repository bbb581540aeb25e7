package io.lockstep.engine.core.port;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestSyntaxTest {
  private final RequestRenderer renderer = new RequestRenderer();
  private final RequestSyntax syntax = new RequestSyntax();

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a?b=c&d=%20", "/~!$'()*+,;=:@[]{}|^`\"<>"})
  void shouldTakePathsOfVisibleAscii(final String path) {
    assertTrue(isValid("GET", path, "A", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", " /", "/a b", "/a\r\nX: y", "/a\n", "/\t", "/\u007f", "/\u00e4", "/#a"})
  void shouldRefusePathsThatWouldBreakTheRequestLine(final String path) {
    assertFalse(isValid("GET", path, "A", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "a b\tc", "\u00e4", "!"})
  void shouldTakeHeaderValuesOfOneLine(final String value) {
    assertTrue(isValid("GET", "/", "A", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nB: c", "a\nb", "a\rb", "\u0000", "\u007f", " a", "a\t"})
  void shouldRefuseHeaderValuesThatWouldBeginAnother(final String value) {
    assertFalse(isValid("GET", "/", "A", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "A:", "A\r\n", "\u00e4"})
  void shouldRefuseNamesThatAreNoToken(final String name) {
    assertFalse(isValid("GET", "/", name, "b"));
    assertFalse(isValid(name, "/", "A", "b"));
  }

  @Test
  void shouldTakeAnyBody() {
    renderer.begin().text("POST").text("/").headers(0).text("a\r\n\r\n\u0000");
    assertTrue(syntax.isValid(renderer.request()));
  }

  private boolean isValid(
      final String method, final String path, final String name, final String value) {
    renderer.begin().text(method).text(path).headers(2).text("X").text("y");
    renderer.text(name).text(value).text("");
    return syntax.isValid(renderer.request());
  }
}
