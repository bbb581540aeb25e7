package io.lockstep.scenario.model;

/** How a data file is written. */
public enum DataFormat {
  /** Values between delimiters, RFC 4180. */
  CSV,
  /** The same between tabs. */
  TSV,
  /** An array of objects. */
  JSON,
  /** Objects one after another, usually one in each line. */
  JSON_LINES
}
