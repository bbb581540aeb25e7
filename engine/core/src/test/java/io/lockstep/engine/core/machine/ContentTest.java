package io.lockstep.engine.core.machine;

import static io.lockstep.engine.core.testing.Plans.TICK_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.HandTransport;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.Recording;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.journal.block.EventCursor;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording.Bodies;
import io.lockstep.scenario.plan.RequestOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the machine journals of contents that a transport gives it. */
final class ContentTest {
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final byte[] HEAD = ascii("A: b\r\nDate: now\r\n");

  private final HandTransport transport = new HandTransport();
  private final Plan plan =
      Plans.recording(
          Plans.of(Group.iterations("a", 1, 4)),
          new io.lockstep.scenario.plan.Recording(Bodies.ALL, MAX_BODY_BYTES),
          List.of(),
          "");
  private final VirtualTime time = new VirtualTime(plan, 0, 1, transport);
  private long tick = 1;

  @Test
  void shouldJournalEachDistinctContentOnceAndReferToItRightBeforeTheEnd() {
    time.machine().start();
    answer(HEAD, ascii("first"));
    answer(HEAD, ascii("second"));
    answer(HEAD, ascii("first"));
    answer(ascii("A: c\r\n"), ascii(""));
    final Recording recording = time.end().recording();
    JournalLaws.check(plan, 0, 1, recording.events());
    final List<Event.ContentPart> parts = recording.events(Event.ContentPart.class);
    assertEquals(
        List.of(text(HEAD), "first", "second", "A: c\r\n"),
        parts.stream().map(Event.ContentPart::text).toList());
    final List<Event.Kept> kept = recording.events(Event.Kept.class);
    assertEquals(List.of(1, 2, 3, 4), kept.stream().map(Event.Kept::seq).toList());
    assertEquals(kept.get(0).bodyHashLow(), kept.get(2).bodyHashLow());
    assertNotEquals(kept.get(0).bodyHashLow(), kept.get(1).bodyHashLow());
    assertEquals(0, kept.get(3).bodyHashHigh() | kept.get(3).bodyHashLow());
  }

  @Test
  void shouldSplitALargeContentIntoPartsThatFitABlock() {
    final byte[] body = new byte[100_003];
    new Random(1).nextBytes(body);
    time.machine().start();
    answer(HEAD, body);
    final List<Event.ContentPart> parts =
        time.flushed().events(Event.ContentPart.class, part -> part.length() == body.length);
    final StringBuilder joined = new StringBuilder();
    for (final Event.ContentPart part : parts) {
      assertEquals(joined.length(), part.offset());
      joined.append(part.text());
    }
    assertEquals(new String(body, StandardCharsets.ISO_8859_1), joined.toString());
    assertEquals(body.length / EventCursor.MAX_CONTENT_BYTES + 1, parts.size());
  }

  @Test
  void shouldJournalTheHeadAgainWhereItsBodyEndsTheGeneration() {
    time.machine().start();
    final byte[] first = new byte[io.lockstep.scenario.plan.Recording.MAX_BODY_BYTES];
    for (int i = 0; i < 4; i++) {
      first[0] = (byte) i;
      answer(HEAD, first);
    }
    final Recording recording = time.end().recording();
    JournalLaws.check(plan, 0, 1, recording.events());
    final List<Event.ContentPart> heads =
        recording.events(Event.ContentPart.class, part -> part.length() == HEAD.length);
    assertEquals(List.of(0, 1), heads.stream().map(Event.ContentPart::generation).toList());
  }

  @Test
  void shouldSayHowLongACutBodyWas() {
    final ContentBuffer buffer = new ContentBuffer();
    buffer.begin(Capture.BODY, 4);
    buffer.addBody(new UnsafeBuffer(ascii("longer")), 0, 3);
    buffer.addBody(new UnsafeBuffer(ascii("longer")), 3, 3);
    time.machine().start();
    time.machine().advance(tick);
    final Completion completion =
        transport.ended(transport.of(0), RequestOutcome.RESPONSE, ++tick * TICK_NS);
    buffer.show(completion.content);
    time.machine().onCompletion(completion);
    final Event.Kept kept = time.flushed().events(Event.Kept.class).get(0);
    assertEquals(Content.HEAD | Content.BODY | Content.TRUNCATED, kept.flags());
    assertEquals(6, kept.bodyLength());
    assertEquals(4, kept.keptLength());
    assertEquals("long", time.recording().events(Event.ContentPart.class).get(0).text());
  }

  @Test
  void shouldJournalNothingOfWhatWasNotKept() {
    time.machine().start();
    time.machine().advance(tick);
    time.machine()
        .onCompletion(transport.ended(transport.of(0), RequestOutcome.RESPONSE, ++tick * TICK_NS));
    assertTrue(time.flushed().events(Event.Kept.class).isEmpty());
    assertTrue(time.recording().events(Event.ContentPart.class).isEmpty());
  }

  private void answer(final byte[] head, final byte[] body) {
    time.machine().advance(tick);
    tick++;
    final Completion completion =
        transport.ended(transport.of(0), RequestOutcome.RESPONSE, tick * TICK_NS);
    completion.content.wrap(Content.HEAD | Content.BODY, body.length);
    completion.content.head(new UnsafeBuffer(head), 0, head.length);
    completion.content.body(new UnsafeBuffer(body), 0, body.length);
    time.machine().onCompletion(completion);
    completion.content.clear();
    time.machine().advance(tick);
  }

  private static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(final byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
