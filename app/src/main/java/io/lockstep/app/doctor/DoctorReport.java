package io.lockstep.app.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.lockstep.app.host.HostCheck;
import io.lockstep.app.host.HostCheck.Level;
import io.lockstep.app.run.RunChoice;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** What the doctor found, for people and for programs. */
final class DoctorReport {
  /** Raised when a key changes its meaning or goes away. */
  private static final int FORMAT = 1;

  private static final int TOPIC_WIDTH = 12;
  private static final int LEVEL_WIDTH = 9;
  private static final String INDENT = "  ";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String RESET = "\u001b[0m";

  private DoctorReport() {}

  /** A line for each thing, the worst news first to be seen: by its mark. */
  static String text(final List<HostCheck> checks, final RunChoice choice, final boolean colour) {
    final StringBuilder out = new StringBuilder(verdict(checks)).append("\n\n");
    for (final HostCheck check : checks) {
      line(out, check, colour);
    }
    out.append('\n').append(INDENT).append("A live run of one shard gets ");
    out.append(choice.threading()).append(" threading, idle ").append(choice.idle());
    out.append(" and the network through ").append(choice.network());
    out.append("; change it with --threading, --idle, --network, --shards and --cpus.\n");
    return out.toString();
  }

  private static String verdict(final List<HostCheck> checks) {
    final long warnings = count(checks, Level.WARNING);
    return warnings == 0
        ? "Nothing here stands in the way of good measurements."
        : warnings == 1 ? "One thing to change:" : warnings + " things to change:";
  }

  private static long count(final List<HostCheck> checks, final Level level) {
    return checks.stream().filter(check -> check.level() == level).count();
  }

  private static void line(final StringBuilder out, final HostCheck check, final boolean colour) {
    final boolean warns = check.level() == Level.WARNING;
    out.append(INDENT).append(colour && warns ? YELLOW : "");
    out.append(padded(check.level().key(), LEVEL_WIDTH)).append(colour && warns ? RESET : "");
    out.append(padded(check.topic(), TOPIC_WIDTH)).append(check.found()).append('\n');
    final String under = INDENT + " ".repeat(LEVEL_WIDTH + TOPIC_WIDTH);
    if (!check.advice().isEmpty()) {
      out.append(under).append(check.advice()).append('\n');
    }
    for (final String command : check.commands()) {
      out.append(under).append("$ ").append(command).append('\n');
    }
  }

  private static String padded(final String text, final int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  static String json(final List<HostCheck> checks, final RunChoice choice) throws IOException {
    final StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
      out.writeStartObject();
      out.writeNumberField("format", FORMAT);
      out.writeNumberField("warnings", count(checks, Level.WARNING));
      out.writeArrayFieldStart("checks");
      for (final HostCheck check : checks) {
        write(out, check);
      }
      out.writeEndArray();
      out.writeObjectFieldStart("choice");
      out.writeStringField("threading", choice.threading());
      out.writeStringField("idle", choice.idle());
      out.writeStringField("network", choice.network());
      out.writeEndObject();
      out.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void write(final JsonGenerator out, final HostCheck check) throws IOException {
    out.writeStartObject();
    out.writeStringField("topic", check.topic());
    out.writeStringField("level", check.level().key());
    out.writeStringField("found", check.found());
    out.writeStringField("advice", check.advice());
    out.writeArrayFieldStart("commands");
    for (final String command : check.commands()) {
      out.writeString(command);
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
