package io.lockstep.engine.transport.http1;

/** What of a response a {@link ResponseParser} expects, and where it found a fault. */
public enum ResponsePart {
  /** Nothing: no request is under way, or the response is complete. */
  NONE("no response"),
  /** The first line, also of an interim response's. */
  STATUS_LINE("the status line"),
  /** Header fields, and the empty line behind them. */
  HEADER("the header"),
  /** A body whose length the header says. */
  BODY("the body"),
  /** A body that ends with the connection. */
  BODY_UNTIL_CLOSE("the body that the close ends"),
  /** The line with a chunk's size. */
  CHUNK_SIZE("the size line of a chunk"),
  /** A chunk's bytes, and the line end behind them. */
  CHUNK("a chunk of the body"),
  /** What follows the last chunk. */
  TRAILERS("the trailers");

  private final String text;

  ResponsePart(final String text) {
    this.text = text;
  }

  /** A few words for people. */
  public String text() {
    return text;
  }
}
