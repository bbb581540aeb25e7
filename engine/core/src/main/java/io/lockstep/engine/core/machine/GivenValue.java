package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Value;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A value as it goes from one machine into the journal of another: a code of what it is, and bytes.
 * Numbers have eight of them, little endian; a boolean has one; a text is UTF-8; a list has its
 * items, each with its code, its length in four bytes, and its bytes. Immutable.
 */
public final class GivenValue {
  /** Nothing. */
  public static final GivenValue NULL = new GivenValue(Code.NULL, new byte[0]);

  private static final int ITEM_HEADER = 1 + Integer.BYTES;

  private final int code;
  private final byte[] bytes;

  private GivenValue(final int code, final byte[] bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** What a value is. Stored in journals. */
  private static final class Code {
    private static final int NULL = 0;
    private static final int BOOLEAN = 1;
    private static final int LONG = 2;
    private static final int DOUBLE = 3;
    private static final int TEXT = 4;
    private static final int LIST = 5;
  }

  /** Of a register that holds no failure. */
  public static GivenValue of(final Value value) {
    return ofItem(value.item());
  }

  /** A text. */
  public static GivenValue of(final String text) {
    return ofItem(text);
  }

  /**
   * From a journal.
   *
   * @throws IllegalArgumentException if it is no value.
   */
  public static GivenValue of(final int code, final byte[] bytes) {
    final GivenValue value = new GivenValue(code, bytes.clone());
    value.item(); // what cannot be read is no value
    return value;
  }

  private static GivenValue ofItem(final Object item) {
    if (item == null) {
      return NULL;
    }
    if (item instanceof Boolean truth) {
      return new GivenValue(Code.BOOLEAN, new byte[] {(byte) (truth ? 1 : 0)});
    }
    if (item instanceof Long number) {
      return new GivenValue(Code.LONG, number(number));
    }
    if (item instanceof Double number) {
      return new GivenValue(Code.DOUBLE, number(Double.doubleToRawLongBits(number)));
    }
    if (item instanceof String text) {
      return new GivenValue(Code.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (final Object each : (List<?>) item) {
      final GivenValue one = ofItem(each);
      final ByteBuffer header = ByteBuffer.allocate(ITEM_HEADER).order(ByteOrder.LITTLE_ENDIAN);
      out.writeBytes(header.put((byte) one.code).putInt(one.bytes.length).array());
      out.writeBytes(one.bytes);
    }
    return new GivenValue(Code.LIST, out.toByteArray());
  }

  private static byte[] number(final long bits) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(bits).array();
  }

  /** What it is, as journals say it. */
  public int code() {
    return code;
  }

  /**
   * The kind that a code stands for.
   *
   * @throws IllegalArgumentException if none has it.
   */
  public static Kind kind(final int code) {
    return switch (code) {
      case Code.NULL -> Kind.NULL;
      case Code.BOOLEAN -> Kind.BOOLEAN;
      case Code.LONG -> Kind.LONG;
      case Code.DOUBLE -> Kind.DOUBLE;
      case Code.TEXT -> Kind.TEXT;
      case Code.LIST -> Kind.LIST;
      default -> throw new IllegalArgumentException("no kind of value has code " + code);
    };
  }

  /** How many bytes it has. */
  public int length() {
    return bytes.length;
  }

  /** Copies a part of it. */
  void copy(final int from, final byte[] to, final int count) {
    System.arraycopy(bytes, from, to, 0, count);
  }

  /** Null, Boolean, Long, Double, String or List. */
  public Object item() {
    try {
      final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      final Object item = item(code, in);
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("a value of " + bytes.length + " bytes is too long");
      }
      return item;
    } catch (final BufferUnderflowException e) {
      throw new IllegalArgumentException("a value of " + bytes.length + " bytes is too short", e);
    }
  }

  private static Object item(final int code, final ByteBuffer in) {
    return switch (code) {
      case Code.NULL -> null;
      case Code.BOOLEAN -> in.get() != 0;
      case Code.LONG -> in.getLong();
      case Code.DOUBLE -> Double.longBitsToDouble(in.getLong());
      case Code.TEXT -> {
        final byte[] text = new byte[in.remaining()];
        in.get(text);
        yield new String(text, StandardCharsets.UTF_8);
      }
      case Code.LIST -> list(in);
      default -> throw new IllegalArgumentException("no kind of value has code " + code);
    };
  }

  private static List<Object> list(final ByteBuffer in) {
    final List<Object> items = new ArrayList<>();
    while (in.hasRemaining()) {
      final int code = in.get();
      final int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("an item of " + length + " bytes is too long");
      }
      final ByteBuffer item = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      items.add(item(code, item));
      in.position(in.position() + length);
    }
    return items;
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof GivenValue that
        && code == that.code
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * code + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    final Value value = new Value();
    value.setItem(item());
    return value.toString();
  }
}
