package io.lockstep.engine.core.machine;

import io.lockstep.journal.event.SetupValueDecoder;
import io.lockstep.journal.event.SetupValueEncoder;
import io.lockstep.scenario.plan.expression.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the setup of a run has left to all VUs of a machine. Each value is an input that is
 * journaled, in parts where it is long, before it can be looked at; so a replay has it from there.
 * A machine takes the value that the journal's bytes stand for, whoever gave them.
 */
final class SetupValues {
  private static final int PART = SetupValueEncoder.bytesLength();

  /** By index; {@code null} before it was given. */
  private final GivenValue[] given;

  private final Value[] values;
  private final byte[] part = new byte[PART];
  private byte[] pending = {};

  SetupValues(final int count) {
    given = new GivenValue[count];
    values = new Value[count];
    for (int i = 0; i < count; i++) {
      values[i] = new Value();
    }
  }

  /** A value; null where it was never given. */
  Value get(final int index) {
    return values[index];
  }

  /** Those that were given before the first that was not. */
  List<GivenValue> given() {
    final List<GivenValue> all = new ArrayList<>();
    for (int i = 0; i < given.length && given[i] != null; i++) {
      all.add(given[i]);
    }
    return all;
  }

  /** Journals a value, and takes it. */
  void give(final int index, final GivenValue value, final RunPublisher events) {
    int at = 0;
    do {
      final int count = Math.min(PART, value.length() - at);
      value.copy(at, part, count);
      events.setupValue(index, value.code(), value.length(), at, part, count);
      at += count;
    } while (at < value.length());
    take(index, value);
  }

  /** Journals a part that was recorded; takes the value with its last one. */
  void replay(final SetupValueDecoder recorded, final RunPublisher events) {
    final int index = recorded.value();
    final int length = recorded.length();
    final int at = recorded.partOffset();
    final int count = Math.min(PART, length - at);
    if (index >= given.length || at < 0 || count < 0 || (at > 0 && pending.length != length)) {
      throw new IllegalArgumentException(
          "byte " + at + " of " + length + " of value " + index + " is no part of what comes here");
    }
    if (at == 0) {
      pending = new byte[length];
    }
    recorded.getBytes(part, 0, PART);
    System.arraycopy(part, 0, pending, at, count);
    events.setupValue(index, recorded.kind(), length, at, part, count);
    if (at + count == length) {
      take(index, GivenValue.of(recorded.kind(), pending));
    }
  }

  private void take(final int index, final GivenValue value) {
    given[index] = value;
    values[index].setItem(value.item());
  }
}
