package io.lockstep.scenario.plan;

import java.util.List;
import java.util.Optional;

/**
 * What each VU of a scenario remembers for its expressions: values of any kind, and in slots, as
 * {@link Flow} has them, the last response and the rows of data. Values stay from one iteration to
 * the next where the VU lasts, and begin as null where each iteration is a new user; slots, and
 * values of the last response, begin anew with each iteration.
 *
 * @param variables names of the variables; the index is the value that each has
 * @param values how many there are: variables, then those without a name, such as counters
 * @param captured values that each response sets
 * @param responseSlot first of the {@link #RESPONSE_SLOTS} slots of the last response, or {@link
 *     Flow#NONE} where no expression looks at it
 * @param rows of data that expressions look at
 */
public record Memory(
    List<String> variables, int values, List<Captured> captured, int responseSlot, List<Row> rows) {
  /** Slot of the last response: code of its outcome; zero where there was none. */
  public static final int OUTCOME = 0;

  /** Slot of the last response: its status. */
  public static final int STATUS = 1;

  /** Slot of the last response: last byte less send. */
  public static final int SERVICE_NS = 2;

  /** Slot of the last response: last byte less intended start. */
  public static final int RESPONSE_NS = 3;

  /** How many slots the last response has. */
  public static final int RESPONSE_SLOTS = 4;

  /** Nothing is remembered. */
  public static final Memory NONE = new Memory(List.of(), 0, List.of(), Flow.NONE, List.of());

  public Memory {
    variables = List.copyOf(variables);
    captured = List.copyOf(captured);
    rows = List.copyOf(rows);
  }

  /** How much of each response of the scenario is kept for expressions. */
  public Capture capture() {
    Capture most = Capture.NONE;
    for (final Captured one : captured) {
      most = most.or(one.part() == Part.HEADER ? Capture.HEADERS : Capture.BODY);
    }
    return most;
  }

  /** The value with the body of the last response, if any expression looks at it. */
  public Optional<Captured> body() {
    return captured.stream().filter(one -> one.part() == Part.BODY).findFirst();
  }

  /** The value with the size of the last response, or {@link Flow#NONE}. */
  public int sizeValue() {
    for (final Captured one : captured) {
      if (one.part() == Part.SIZE) {
        return one.value();
      }
    }
    return Flow.NONE;
  }

  /** What of a response is captured. */
  public enum Part {
    /** A header field, by its name. */
    HEADER,
    /** What a JSONPath finds. */
    JSON,
    /** The whole body as text. */
    BODY,
    /** The number of bytes of the body. */
    SIZE
  }

  /**
   * A value that each response sets; null where the response has none.
   *
   * @param part of the response
   * @param of name of the header or JSONPath; empty for the others
   * @param value index of the value
   */
  public record Captured(Part part, String of, int value) {}

  /**
   * A row of data.
   *
   * @param feeder index in the plan
   * @param slot number of the row plus one; zero before the first look at it
   */
  public record Row(int feeder, int slot) {}
}
