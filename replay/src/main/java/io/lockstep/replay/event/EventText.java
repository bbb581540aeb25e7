package io.lockstep.replay.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Events as one line of text or one JSON object. Nothing is rounded: two events that differ in a
 * byte differ in their text. Single-threaded.
 */
public final class EventText {
  private static final int PLACE_WIDTH = 30;
  private static final int KIND_WIDTH = 18;

  private final EventNames names;
  private final EventFields fields;
  private final JsonFactory json = new JsonFactory();

  /** Shows each event by itself. */
  public EventText(final EventNames names) {
    this(names, null);
  }

  /** Also names the request of a completion, from what {@code context} has seen before. */
  public EventText(final EventNames names, final VuContext context) {
    this.names = names;
    this.fields = new EventFields(names, context);
  }

  /** For example {@code tick 12 inputs #5 vu 17 vu_transition from=WAITING to=READY}. */
  public String line(final EventView event) {
    final StringBuilder line = new StringBuilder(160);
    line.append("tick ").append(event.tick()).append(' ').append(names.phase(event.phase()));
    line.append(" #").append(event.sequence());
    if (event.vu() != EventView.NO_VU) {
      line.append(" vu ").append(event.vu());
    }
    pad(line, PLACE_WIDTH);
    final EventKind kind = EventKind.of(event.templateId());
    line.append(kind == null ? "unknown_" + event.templateId() : kind.key());
    pad(line, PLACE_WIDTH + KIND_WIDTH);
    if (isReadable(kind, event)) {
      fields.decode(kind, event.buffer(), event.offset(), new LineSink(line));
    } else {
      line.append("bytes=").append(rawHex(event));
    }
    return line.toString().stripTrailing();
  }

  /**
   * A JSON object without a line break. Times are nanoseconds; the names of their keys say so.
   *
   * @param part of the run that it is of; empty for its load
   */
  public String json(final EventView event, final String part, final int shard) {
    return json(event, part, shard, to -> {});
  }

  /** The same, with more fields at its end. */
  public String json(
      final EventView event, final String part, final int shard, final Consumer<FieldSink> more) {
    final StringWriter out = new StringWriter(256);
    try (JsonGenerator generator = json.createGenerator(out)) {
      generator.setPrettyPrinter(new MinimalPrettyPrinter());
      generator.writeStartObject();
      if (!part.isEmpty()) {
        generator.writeStringField("part", part);
      }
      generator.writeNumberField("shard", shard);
      generator.writeNumberField("tick", event.tick());
      generator.writeStringField("phase", names.phase(event.phase()));
      generator.writeNumberField("sequence", event.sequence());
      final EventKind kind = EventKind.of(event.templateId());
      generator.writeStringField(
          "event", kind == null ? "unknown_" + event.templateId() : kind.key());
      if (event.vu() != EventView.NO_VU) {
        generator.writeNumberField("vu", event.vu());
      }
      if (isReadable(kind, event)) {
        fields.decode(kind, event.buffer(), event.offset(), new JsonSink(generator));
      } else {
        generator.writeStringField("bytes", rawHex(event));
      }
      more.accept(new JsonSink(generator));
      generator.writeEndObject();
    } catch (final IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return out.toString();
  }

  private static void pad(final StringBuilder line, final int width) {
    line.append(" ".repeat(Math.max(1, width - line.length())));
  }

  private static boolean isReadable(final EventKind kind, final EventView event) {
    return kind != null && event.length() >= Integer.BYTES + kind.leastLength();
  }

  private static String rawHex(final EventView event) {
    final byte[] bytes = new byte[event.length()];
    event.buffer().getBytes(event.offset(), bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static final class LineSink implements FieldSink {
    private final StringBuilder line;

    LineSink(final StringBuilder line) {
      this.line = line;
    }

    @Override
    public void text(final String key, final String value) {
      line.append(key).append('=').append(value).append(' ');
    }

    @Override
    public void number(final String key, final long value) {
      line.append(key).append('=').append(value).append(' ');
    }

    @Override
    public void time(final String key, final long ns) {
      text(key, ns == -1 ? "never" : Durations.exact(ns));
    }
  }

  private static final class JsonSink implements FieldSink {
    private final JsonGenerator generator;

    JsonSink(final JsonGenerator generator) {
      this.generator = generator;
    }

    @Override
    public void text(final String key, final String value) {
      try {
        generator.writeStringField(key, value);
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void number(final String key, final long value) {
      try {
        generator.writeNumberField(key, value);
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void time(final String key, final long ns) {
      try {
        generator.writeFieldName(key + "Ns");
        if (ns == -1) {
          generator.writeNull();
        } else {
          generator.writeNumber(ns);
        }
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
