package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.engine.core.port.RequestSyntax;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.expression.Template;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the values of secrets may stand where the requests of a plan, of its setup and of its
 * teardown put them as they are: in a path or the value of a header, and not through a function,
 * which may make anything of them. What is not checked here, since it takes the rest of the
 * template to know, still ends as an invalid request. Says of a value no more than which byte is
 * wrong.
 */
final class SecretPlaces {
  private static final Pattern SECRET = Pattern.compile("\\bsecrets\\.([A-Za-z_][A-Za-z0-9_]*)");
  private static final String CALL = "(";

  private final Plan plan;
  private final SecretSource secrets;

  private SecretPlaces(final Plan plan, final SecretSource secrets) {
    this.plan = plan;
    this.secrets = secrets;
  }

  /**
   * Checks all of them, those of setup and teardown too.
   *
   * @throws CommandException if one cannot be sent where the plan wants it.
   */
  static void check(final Plan plan, final SecretSource secrets) {
    if (secrets.hasValues()) {
      final Phases phases = plan.phases();
      for (final Plan part : Arrays.asList(phases.setup(), plan, phases.teardown())) {
        if (part != null) {
          final SecretPlaces places = new SecretPlaces(part, secrets);
          part.logic().requests().forEach(places::check);
        }
      }
    }
  }

  private void check(final Logic.RequestTexts texts) {
    final RequestPlan request = plan.requests().get(texts.request());
    check(texts.path().template(), "the path of request " + request.name(), true);
    for (int i = 0; i < texts.headers().size(); i++) {
      check(
          texts.headers().get(i).template(),
          "the header " + request.headers().get(i).name() + " of request " + request.name(),
          false);
    }
  }

  private void check(final Template template, final String place, final boolean isPath) {
    for (int i = 0; i < template.expressions(); i++) {
      final String text = template.expression(i).text();
      if (template.expression(i).isTainted() && !text.contains(CALL)) {
        final Matcher found = SECRET.matcher(text);
        while (found.find()) {
          check(found.group(1), place, isPath);
        }
      }
    }
  }

  private void check(final String name, final String place, final boolean isPath) {
    final int index = plan.secrets().indexOf(name);
    if (index < 0) {
      return; // the words of a text, not a secret
    }
    final byte[] value = secrets.value(index);
    for (int i = 0; i < value.length; i++) {
      final byte b = value[i];
      if (isPath ? !RequestSyntax.isPathByte(b) : !RequestSyntax.isValueByte(b)) {
        throw CommandException.usage(
            String.format(
                Locale.ROOT,
                "the secret '%s' cannot go into %s: byte %,d of its %,d is %s, which HTTP does not"
                    + " allow there; %s",
                name,
                place,
                i + 1,
                value.length,
                named(b),
                isPath
                    ? "write ${urlencode(secrets." + name + ")}"
                    : "mend the secret, or write ${base64(secrets." + name + ")}"));
      }
    }
  }

  private static String named(final byte b) {
    switch (b) {
      case '\r':
      case '\n':
        return "a line break";
      case ' ':
        return "a blank";
      case '#':
        return "a #";
      default:
        return b < 0 ? "beyond ASCII" : "a control character";
    }
  }
}
