package io.lockstep.scenario.language;

import io.lockstep.scenario.document.Paths;
import io.lockstep.scenario.model.DataFormat;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The feeders of a file, still without their names. */
final class Feeders {
  static final int MAX_FEEDERS = 100;
  static final String FILE_KEY = "file";
  static final String AT_END_KEY = "at_end";

  private static final int MAX_PATH = 4_096;
  private static final String RECYCLE = "recycle";
  private static final Map<String, DataFormat> FORMAT_BY_WORD = formats();
  private static final Map<String, DataFormat> FORMAT_BY_EXTENSION = extensions();

  private static final Key<String> FILE =
      Key.optional(
          FILE_KEY,
          new TextType("a path", false, Feeders::pathFault),
          "path of the data, relative to this file; or else `rows`");
  private static final Key<Feeder.InlineRows> ROWS =
      Key.optional("rows", new RowsType(), "the data itself; or else `file`");
  private static final Key<DataFormat> FORMAT =
      Key.optional(
          "format",
          new EnumType<>(FORMAT_BY_WORD),
          "how the file is written; by its name where that ends with the format");
  private static final Key<String> DELIMITER =
      Key.optional(
          "delimiter",
          new TextType("one ASCII character", false, Feeders::delimiterFault),
          ",",
          ",",
          "what is between the values of a csv file");
  private static final Key<FeederPlan.Mode> MODE =
      Key.optional(
          "mode",
          new EnumType<>(modes()),
          FeederPlan.Mode.SEQUENTIAL,
          "sequential",
          "how rows are chosen");
  private static final Key<FeederPlan.Per> PER =
      Key.optional(
          "per",
          new EnumType<>(pers()),
          FeederPlan.Per.ITERATION,
          "iteration",
          "what gets a row of its own");
  private static final Key<FeederPlan.AtEnd> AT_END =
      Key.optional(
          AT_END_KEY,
          new EnumType<>(ends()),
          FeederPlan.AtEnd.RECYCLE,
          RECYCLE,
          "what happens when there are no more rows; with `mode: unique` the default is stop-vu");

  /** A feeder without its name. */
  record Body(Feeder.Rows rows, FeederPlan.Mode mode, FeederPlan.Per per, FeederPlan.AtEnd atEnd) {
    Feeder named(final String name) {
      return new Feeder(name, rows, mode, per, atEnd);
    }
  }

  static final ObjectType<Body> BODY =
      new ObjectType<>(
          "a feeder",
          List.of(FILE, ROWS, FORMAT, DELIMITER, MODE, PER, AT_END),
          List.of(
              new Rule(List.of(FILE, ROWS), Feeders::hasOneSource),
              new Rule(List.of(FILE, ROWS, FORMAT, DELIMITER), Feeders::formatBelongsToFile),
              new Rule(List.of(FILE, FORMAT), Feeders::formatIsKnown),
              new Rule(List.of(FILE, FORMAT, DELIMITER), Feeders::delimiterBelongsToCsv),
              new Rule(List.of(MODE, AT_END), Feeders::endFitsMode)),
          Feeders::body);

  static final MapType<Body> TYPE =
      new MapType<>("feeders", NameRules::feederNameFault, BODY, 0, MAX_FEEDERS);

  private Feeders() {}

  private static Map<String, DataFormat> formats() {
    final Map<String, DataFormat> formats = new LinkedHashMap<>();
    formats.put("csv", DataFormat.CSV);
    formats.put("tsv", DataFormat.TSV);
    formats.put("json", DataFormat.JSON);
    formats.put("jsonl", DataFormat.JSON_LINES);
    return formats;
  }

  private static Map<String, DataFormat> extensions() {
    final Map<String, DataFormat> extensions = formats();
    extensions.put("ndjson", DataFormat.JSON_LINES);
    return extensions;
  }

  private static Map<String, FeederPlan.Mode> modes() {
    final Map<String, FeederPlan.Mode> modes = new LinkedHashMap<>();
    modes.put("sequential", FeederPlan.Mode.SEQUENTIAL);
    modes.put("random", FeederPlan.Mode.RANDOM);
    modes.put("shuffle", FeederPlan.Mode.SHUFFLE);
    modes.put("unique", FeederPlan.Mode.UNIQUE);
    return modes;
  }

  private static Map<String, FeederPlan.Per> pers() {
    final Map<String, FeederPlan.Per> pers = new LinkedHashMap<>();
    pers.put("iteration", FeederPlan.Per.ITERATION);
    pers.put("vu", FeederPlan.Per.VU);
    return pers;
  }

  private static Map<String, FeederPlan.AtEnd> ends() {
    final Map<String, FeederPlan.AtEnd> ends = new LinkedHashMap<>();
    ends.put(RECYCLE, FeederPlan.AtEnd.RECYCLE);
    ends.put("stop-vu", FeederPlan.AtEnd.STOP_VU);
    ends.put("stop-test", FeederPlan.AtEnd.STOP_TEST);
    return ends;
  }

  private static Optional<String> pathFault(final String path) {
    if (path.isBlank()) {
      return Optional.of("is blank");
    }
    if (path.length() > MAX_PATH) {
      return Optional.of("is longer than " + MAX_PATH + " characters");
    }
    if (path.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of("has a character in it that cannot be printed");
    }
    return Paths.resolve("", path).isPresent() ? Optional.empty() : Optional.of("is not a path");
  }

  private static Optional<String> delimiterFault(final String delimiter) {
    final boolean one = delimiter.length() == 1;
    final char c = one ? delimiter.charAt(0) : 0;
    final boolean usable = (c >= ' ' && c < 0x7F && c != '"') || c == '\t';
    return usable ? Optional.empty() : Optional.of("is not one printable ASCII character or a tab");
  }

  private static boolean hasOneSource(final Values v) {
    if (!v.has(FILE) && !v.has(ROWS)) {
      v.in().missing(v.offset(), "a feeder needs `file` or `rows`", FILE.description());
    } else if (v.has(FILE) && v.has(ROWS)) {
      v.in().conflict(v.offset(ROWS), "a feeder has either `file` or `rows`");
    }
    return v.has(FILE) != v.has(ROWS);
  }

  private static boolean formatBelongsToFile(final Values v) {
    boolean fits = true;
    for (final Key<?> key : List.of(FORMAT, DELIMITER)) {
      if (v.has(key) && v.has(ROWS) && !v.has(FILE)) {
        v.in().conflict(v.offset(key), "`" + key.name() + "` belongs to `file`, not to `rows`");
        fits = false;
      }
    }
    return fits;
  }

  private static boolean formatIsKnown(final Values v) {
    if (v.has(FILE) && format(v).isEmpty()) {
      v.in()
          .missing(
              v.offset(FILE),
              "the file's name does not tell its format: add `format`",
              "known by their ends: ." + String.join(", .", FORMAT_BY_EXTENSION.keySet()));
      return false;
    }
    return true;
  }

  private static boolean delimiterBelongsToCsv(final Values v) {
    if (v.has(DELIMITER) && v.has(FILE) && format(v).filter(f -> f != DataFormat.CSV).isPresent()) {
      v.in().conflict(v.offset(DELIMITER), "`delimiter` belongs to `format: csv`");
      return false;
    }
    return true;
  }

  private static boolean endFitsMode(final Values v) {
    if (!v.has(AT_END)) {
      return true;
    }
    if (v.get(MODE) == FeederPlan.Mode.RANDOM) {
      v.in().conflict(v.offset(AT_END), "with `mode: random` the rows have no end");
      return false;
    }
    if (v.get(MODE) == FeederPlan.Mode.UNIQUE && v.get(AT_END) == FeederPlan.AtEnd.RECYCLE) {
      v.in()
          .conflict(
              v.offset(AT_END),
              "with `mode: unique` no row comes twice, so none can be recycled",
              "write `at_end: stop-vu` or `at_end: stop-test`, or choose `mode: sequential`");
      return false;
    }
    return true;
  }

  private static Optional<DataFormat> format(final Values v) {
    if (v.has(FORMAT)) {
      return Optional.of(v.get(FORMAT));
    }
    final String path = v.get(FILE);
    final String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(FORMAT_BY_EXTENSION.get(extension));
  }

  private static Body body(final Values v) {
    final FeederPlan.AtEnd unset =
        v.get(MODE) == FeederPlan.Mode.UNIQUE ? FeederPlan.AtEnd.STOP_VU : FeederPlan.AtEnd.RECYCLE;
    return new Body(
        v.has(FILE) ? fileRows(v) : v.get(ROWS),
        v.get(MODE),
        v.get(PER),
        v.has(AT_END) ? v.get(AT_END) : unset);
  }

  private static Feeder.FileRows fileRows(final Values v) {
    final DataFormat format = format(v).orElseThrow();
    final char delimiter = format == DataFormat.TSV ? '\t' : v.get(DELIMITER).charAt(0);
    final String folder = v.in().source(v.node(FILE)).folder();
    final String path =
        Paths.resolve(folder, v.get(FILE))
            .orElseThrow(() -> new IllegalStateException("no path after the check of the path"));
    return new Feeder.FileRows(path, format, (byte) delimiter);
  }
}
