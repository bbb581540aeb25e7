package io.lockstep.scenario.plan;

/**
 * How the target's address is found and reached, beyond its name alone.
 *
 * @param proxy that connections go through; {@code null} for none
 * @param resolver the name server that is asked, an address with a port; empty for the system's own
 *     way
 * @param namesTtlNs after which time names are looked up again; {@link #FOREVER} for once a run
 * @param races whether a connection tries addresses side by side and takes the first that answers,
 *     as RFC 8305 has it
 * @param attemptDelayNs between two attempts of a race
 */
public record Route(
    Proxy proxy, String resolver, long namesTtlNs, boolean races, long attemptDelayNs) {
  /** Names are looked up once, before the run. */
  public static final long FOREVER = 0;

  /** RFC 8305, section 8, recommends it. */
  public static final long ATTEMPT_DELAY_NS = 250_000_000L;

  /** Straight to the target, by the system's names. */
  public static final Route DIRECT = new Route(null, "", FOREVER, false, ATTEMPT_DELAY_NS);
}
