package io.lockstep.engine.core.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lockstep.scenario.compile.PlanCompiler;
import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ResponseUse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class RequestRendererTest {
  private final RequestRenderer renderer = new RequestRenderer();

  @Property(tries = 300)
  void aRenderedRequestHasTheDigestAndLengthOfTheSamePlannedOne(
      @ForAll final String method,
      @ForAll final String path,
      @ForAll @Size(max = 4) final List<String> values,
      @ForAll final String body) {
    final List<Header> headers = new ArrayList<>();
    values.forEach(value -> headers.add(new Header("X-" + headers.size(), value)));
    final RequestPlan planned = planned(method, path, headers, body);
    render(method, path, headers, body);
    assertEquals(planned.digest(), renderer.digest());
    assertEquals(planned.digest(), renderer.digest(), "digesting changes nothing");
    final long ascii = (long) method.length() + path.length();
    final long utf8 = (long) utf8(method) + utf8(path);
    assertEquals(
        planned.logicalBytes() + utf8 - ascii,
        new RequestSyntax().logicalBytes(renderer.request()));
  }

  @Property(tries = 300)
  void whatWasRenderedIsReadBack(
      @ForAll final String path, @ForAll final String value, @ForAll final String body) {
    render("PUT", path, List.of(new Header("A", value)), body);
    final RenderedRequest request = renderer.request();
    final UnsafeBuffer copy = new UnsafeBuffer(new byte[request.length() + 5]);
    copy.putBytes(5, request.buffer(), request.offset(), request.length());
    final RequestCursor cursor =
        new RequestCursor().wrap(new RenderedRequest().wrap(copy, 5, request.length()));
    assertEquals("PUT", text(cursor));
    assertEquals(normal(path), text(cursor));
    assertEquals(1, cursor.count());
    assertEquals("A", text(cursor));
    assertEquals(normal(value), text(cursor));
    assertEquals(normal(body), text(cursor));
    assertThrows(IllegalArgumentException.class, cursor::nextText);
  }

  @Test
  void shouldJoinThePartsOfAText() {
    renderer.begin().text("GET").beginText();
    renderer.put("/items/").put(Long.MIN_VALUE).put("?a=".getBytes(StandardCharsets.UTF_8));
    renderer.put((byte) '1').endText().headers(0).text("");
    final RequestCursor cursor = new RequestCursor().wrap(renderer.request());
    assertEquals("GET", text(cursor));
    assertEquals("/items/-9223372036854775808?a=1", text(cursor));
  }

  @Test
  void shouldRefuseTextsThatAreNotEnded() {
    renderer.begin().beginText();
    assertThrows(IllegalStateException.class, renderer::beginText);
    assertThrows(IllegalStateException.class, renderer::request);
  }

  @Test
  void shouldRefuseBytesThatAreNoRequest() {
    render("GET", "/", List.of(), "");
    final RenderedRequest request = renderer.request();
    for (int length = 0; length < request.length(); length++) {
      final RenderedRequest cut =
          new RenderedRequest().wrap(request.buffer(), request.offset(), length);
      final RequestCursor cursor = new RequestCursor().wrap(cut);
      assertThrows(
          IllegalArgumentException.class,
          () -> {
            cursor.nextText();
            cursor.nextText();
            cursor.count();
            cursor.nextText();
          });
    }
  }

  private void render(
      final String method, final String path, final List<Header> headers, final String body) {
    renderer.begin().text(method).text(path).headers(headers.size());
    headers.forEach(header -> renderer.text(header.name()).text(header.value()));
    renderer.text(body);
  }

  private static String text(final RequestCursor cursor) {
    final byte[] bytes = new byte[cursor.nextText()];
    cursor.buffer().getBytes(cursor.textOffset(), bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Half a surrogate pair cannot be UTF-8. */
  private static String normal(final String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static int utf8(final String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static RequestPlan planned(
      final String method, final String path, final List<Header> headers, final String body) {
    final Request request =
        new Request(
            "r", 1, method, path, headers, body, OptionalLong.empty(), List.of(), ResponseUse.NONE);
    final Scenario scenario =
        new Scenario(
            "s",
            new LoadProfile.ConstantVus(1, 1_000_000, 0),
            Optional.empty(),
            List.of(),
            List.of(request),
            Flow.NONE,
            ScenarioTiming.PLAIN,
            Browsing.NONE);
    final LoadTest test =
        new LoadTest(
            "t",
            1,
            100_000,
            Optional.empty(),
            1_000_000,
            List.of(),
            new Connections(Connections.PER_VU, 1, 1, 1),
            List.of(),
            List.of(scenario),
            List.of(),
            Optional.empty(),
            List.of(),
            Recording.DEFAULT);
    return PlanCompiler.compile(test, List.of()).requests().get(0);
  }
}
