package io.lockstep.scenario.language;

import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.VariantType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Load profiles, by their executor. */
final class Loads {
  static final Type<LoadProfile> TYPE =
      new VariantType<LoadProfile>("a load", "executor", variants(), Optional.empty());

  private Loads() {}

  private static Map<String, ObjectType<? extends LoadProfile>> variants() {
    final Map<String, ObjectType<? extends LoadProfile>> variants = new LinkedHashMap<>();
    variants.put("constant-vus", ClosedLoads.CONSTANT);
    variants.put("ramping-vus", ClosedLoads.RAMPING);
    variants.put("per-vu-iterations", ClosedLoads.PER_VU);
    variants.put("shared-iterations", ClosedLoads.SHARED);
    variants.put("constant-arrival-rate", OpenLoads.CONSTANT);
    variants.put("ramping-arrival-rate", OpenLoads.RAMPING);
    variants.put("externally-controlled", OpenLoads.CONTROLLED);
    variants.put("capacity", CapacityLoads.TYPE);
    return variants;
  }
}
