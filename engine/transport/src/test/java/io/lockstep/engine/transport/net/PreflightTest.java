package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreflightTest {
  @Test
  void shouldResolveAnAddressWithoutItsName() {
    final Resolution resolution = Resolution.resolve(new Target(false, "localhost", 81, ""));
    assertEquals(81, resolution.addresses().get(0).getPort());
    assertTrue(resolution.addresses().get(0).getAddress().isLoopbackAddress());
    assertTrue(resolution.addresses().get(0).toString().startsWith("/"), resolution::toString);
  }

  @Test
  void shouldSayWhichHostNameDoesNotResolve() {
    final NetworkException e =
        assertThrows(
            NetworkException.class,
            () -> Resolution.resolve(new Target(false, "no.such.host.invalid", 80, "")));
    assertTrue(e.getMessage().contains("host name not resolved: no.such.host.invalid"));
  }

  @Test
  void shouldReadTheFileLimitFromTheSystemsTable() {
    final List<String> table =
        List.of(
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max processes             96200                96200                processes ",
            "Max open files            1024                 unlimited            files     ");
    assertEquals(Optional.of(new FileLimit(1024, Long.MAX_VALUE, 7)), FileLimit.parse(table, 7));
    assertEquals(Optional.empty(), FileLimit.parse(table.subList(0, 2), 7));
  }

  @Test
  void shouldRefuseMoreConnectionsThanFilesWithNumbersAndAdvice() {
    final FileLimit limit = new FileLimit(1024, 4096, 20);
    final Plan own = Plans.of(80, 5000, 0, Plans.get(0, "/"));
    final String refusal = limit.refusal(own, 2).orElseThrow();
    for (final String part : List.of("5000", "1024", "ulimit -n 5084", "4096")) {
      assertTrue(refusal.contains(part), refusal);
    }
    assertEquals(Optional.empty(), limit.refusal(Plans.of(80, 5000, 100, Plans.get(0, "/")), 2));
    assertEquals(Optional.empty(), limit.refusal(Plans.of(80, 940, 0, Plans.get(0, "/")), 2));
    assertTrue(limit.refusal(Plans.of(80, 941, 0, Plans.get(0, "/")), 2).isPresent());
  }

  @Test
  void shouldSayWhatAutoStandsFor() {
    assertNotEquals(Backend.AUTO, Backend.AUTO.concrete());
    assertEquals(Backend.NIO, Backend.NIO.concrete());
  }
}
