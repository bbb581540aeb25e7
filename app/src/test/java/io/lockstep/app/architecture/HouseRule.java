package io.lockstep.app.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * A rule that all production classes keep.
 *
 * @param name of the rule, as shown in test reports
 * @param rule what must hold
 * @param offences each breaks the rule by itself
 */
record HouseRule(String name, ArchRule rule, List<Offence> offences) {
  HouseRule {
    offences = List.copyOf(offences);
    if (offences.isEmpty()) {
      throw new IllegalArgumentException("rule without proof that it bites: " + name);
    }
  }

  static HouseRule of(final String name, final ArchRule rule, final Offence... offences) {
    return new HouseRule(name, rule.allowEmptyShould(true), List.of(offences));
  }

  @Override
  public String toString() {
    return name;
  }
}
