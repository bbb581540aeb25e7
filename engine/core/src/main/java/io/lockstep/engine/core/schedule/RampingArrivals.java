package io.lockstep.engine.core.schedule;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;

/**
 * Arrivals at a rate that changes in straight pieces: the integral of the rate, inverted. Arrival i
 * is due at the last nanosecond up to which no more than S(i) arrivals are owed, where S(i) = i if
 * they are evenly spread, and the sum of i + 1 exponential draws of mean 1 in a Poisson process:
 * one of rate 1, seen through the same integral. The draw before arrival i is from the stream of
 * arrival i.
 *
 * <p>In units of 1 / 2P, P being the period, S is an integer; draws are rounded to it. Within a
 * piece the owed units after x nanoseconds are {@code 2ax + (b - a)x²/D}; the root is found in
 * doubles, in the form that cancels nothing, and put right by exact arithmetic, nearly always
 * without a step. A falling rate is looked at from the piece's end, where it rises.
 */
final class RampingArrivals extends ArrivalSchedule {
  private final RateProfile profile;
  private final int shards;
  private final long stream;
  private final long unitsPerArrival;
  private final DurationSampler gaps;

  /** Units owed up to the end of each piece. */
  private final Wide[] endUnits;

  private final Wide[] startUnits;
  private final Wide threshold = new Wide();
  private final Wide rest = new Wide();
  private final Wide owed = new Wide();
  private final Wide part = new Wide();
  private int piece;

  RampingArrivals(
      final RateProfile profile,
      final Load.ArrivalProcess process,
      final long site,
      final long tickNs,
      final long originTick,
      final long scenarioStream,
      final int shard,
      final int shards) {
    super(originTick, tickNs);
    this.profile = profile;
    this.shards = shards;
    stream = scenarioStream;
    unitsPerArrival = Math.multiplyExact(2, profile.periodNs());
    gaps =
        process == Load.ArrivalProcess.POISSON
            ? new DurationSampler(site, new Distribution.Exponential(unitsPerArrival))
            : null;
    startUnits = new Wide[profile.pieces()];
    endUnits = new Wide[profile.pieces()];
    for (int i = 0; i < profile.pieces(); i++) {
      startUnits[i] = new Wide();
      startUnits[i].set(profile.startTwice(i));
      endUnits[i] = new Wide();
      endUnits[i].set(profile.startTwice(i + 1));
    }
    index = -1;
    step(shard + 1);
  }

  @Override
  public void advance() {
    step(shards);
  }

  private void step(final int count) {
    if (nextTick() == NULL_TICK) {
      return;
    }
    if (gaps == null) {
      index += count;
      threshold.product(index, unitsPerArrival);
    } else {
      for (int i = 0; i < count; i++) {
        index++;
        threshold.add(gaps.sampleNs(KeyedRandom.arrivalStream(stream, index), 0));
      }
    }
    while (piece < endUnits.length && endUnits[piece].compareTo(threshold) <= 0) {
      piece++;
    }
    if (piece == endUnits.length) {
      end();
    } else if (profile.to(piece) >= profile.from(piece)) {
      due(profile.startNs(piece) + rising());
    } else {
      due(profile.startNs(piece + 1) - falling());
    }
  }

  /** The last nanosecond of the piece up to which no more than the threshold is owed. */
  private long rising() {
    final long rate = profile.from(piece);
    final long slope = profile.to(piece) - rate;
    rest.set(threshold);
    rest.subtract(startUnits[piece]);
    long x = guess(rate, slope);
    while (x > 0 && exceeds(rate, slope, x)) {
      x--;
    }
    while (!exceeds(rate, slope, x + 1)) {
      x++;
    }
    return x;
  }

  /** How long before the piece's end: the first nanosecond, looking back, that is not too late. */
  private long falling() {
    final long rate = profile.to(piece);
    final long slope = profile.from(piece) - rate;
    rest.set(endUnits[piece]);
    rest.subtract(threshold);
    long x = guess(rate, slope);
    while (!reaches(rate, slope, x)) {
      x++;
    }
    while (x > 0 && reaches(rate, slope, x - 1)) {
      x--;
    }
    return x;
  }

  private long guess(final long rate, final long slope) {
    final long length = profile.lengthNs(piece);
    final double units = rest.toDouble();
    final double root = Math.sqrt((double) rate * rate + slope * (units / length));
    return units == 0 ? 0 : Math.min(length, (long) (units / (rate + root)));
  }

  /** Whether the units after x nanoseconds are more than the rest. */
  private boolean exceeds(final long rate, final long slope, final long x) {
    final boolean fraction = owe(rate, slope, x);
    final int order = owed.compareTo(rest);
    return order > 0 || (order == 0 && fraction);
  }

  /** Whether the units after x nanoseconds are no less than the rest. */
  private boolean reaches(final long rate, final long slope, final long x) {
    owe(rate, slope, x);
    return owed.compareTo(rest) >= 0; // the rest is an integer
  }

  /**
   * Sets {@code owed} to the whole units of {@code 2 rate x + slope x² / D}; returns whether a
   * fraction is left. With {@code slope x = qD + r} the square is {@code qx + rx/D}.
   */
  private boolean owe(final long rate, final long slope, final long x) {
    final long length = profile.lengthNs(piece);
    part.product(slope, x);
    final long q = part.divide(length);
    part.product(part.remainder(), x);
    final long whole = part.divide(length);
    owed.product(2 * rate + q, x);
    owed.add(whole);
    return part.remainder() != 0;
  }
}
