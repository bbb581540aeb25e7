package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.Unknowns;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a preview takes a setup to have left: what it leaves where its requests are answered as
 * those of the preview are. What only a response can tell is shown by its name, as a secret is; so
 * is all of it where the setup comes to no end within its bounds.
 *
 * @param values by index
 * @param note which bound it met; empty where it met none
 */
record PreviewSetup(List<GivenValue> values, String note) {
  /** So many steps of a setup are done, of which none is kept. */
  static final long MOST_STEPS = 1_000_000;

  static final PreviewSetup NONE = new PreviewSetup(List.of(), "");

  private static final int NS_DECIMALS = 9;

  PreviewSetup {
    values = List.copyOf(values);
  }

  /** Of the setup of a plan, if it has one. */
  static PreviewSetup of(final Plan plan, final Surroundings around) {
    final Plan setup = plan.phases().setup();
    if (setup == null) {
      return NONE;
    }
    final Load load = setup.scenarios().get(0).load();
    final long timeoutNs = load.durationTicks() * setup.tickNs();
    final Preview.Extent bounds = new Preview.Extent(MOST_STEPS, timeoutNs, false);
    final PreviewRun run =
        new PreviewRun(setup, around, Preview.ONCE, setup.tickNs(), bounds, List.of());
    final Preview preview = run.preview();
    final List<String> extracted = extracted(setup);
    final List<String> names = plan.phases().values();
    final List<GivenValue> shown = new ArrayList<>(run.values());
    final boolean cut = preview.ending() == Preview.Ending.CUT;
    for (int i = 0; i < shown.size(); i++) {
      final boolean open =
          preview.ending() != Preview.Ending.COMPLETED || extracted.contains(names.get(i));
      if (cut || (open && shown.get(i).equals(GivenValue.NULL))) {
        shown.set(i, unknown(names.get(i)));
      }
    }
    return new PreviewSetup(shown, cut ? note(run.stepsDone() < MOST_STEPS, timeoutNs) : "");
  }

  /** What stands for a value that a setup takes from a response. */
  static GivenValue unknown(final String name) {
    return GivenValue.of(Unknowns.text(Phases.SETUP + "." + name));
  }

  private static List<String> extracted(final Plan setup) {
    return setup.requests().stream()
        .flatMap(request -> request.use().extractions().stream())
        .map(Extraction::name)
        .toList();
  }

  private static String note(final boolean timedOut, final long timeoutNs) {
    return (timedOut
            ? "The setup is not done in its `setup_timeout` of "
                + BigDecimal.valueOf(timeoutNs, NS_DECIMALS).stripTrailingZeros().toPlainString()
                + " s, even with answers that take no time, so the load would not begin"
            : String.format(
                Locale.ROOT,
                "The setup takes more than %,d steps, which is as far as this looks",
                MOST_STEPS))
        + ": what it leaves is not known here, and is shown by its name.";
  }
}
