package io.lockstep.scenario.document;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import io.lockstep.scenario.yaml.Budget;
import io.lockstep.scenario.yaml.DocumentReader;
import io.lockstep.scenario.yaml.Limits;
import io.lockstep.scenario.yaml.Utf8;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the files that a scenario includes, each once, and merges them in their order. */
final class Includer {
  /** In all files together, those named twice counted twice. */
  static final int MAX_INCLUDES = 100;

  /** Files that include each other in a row. */
  static final int MAX_DEPTH = 16;

  /** Chars of all files. */
  static final int MAX_CHARS = 32 << 20;

  private final Diagnostics diagnostics;
  private final IncludeFiles files;
  private final Budget budget;
  private final Merger merger;
  private final Map<String, Optional<Node>> treeByPath = new HashMap<>();
  private final Map<String, SchemaFile> schemaByPath = new HashMap<>();
  private final SchemaFiles schemas = new SchemaFiles(this::schema);
  private final List<Included> included = new ArrayList<>();

  /** Paths of the files that are being read, the main one first. */
  private final Deque<String> open = new ArrayDeque<>();

  private int includes;
  private long chars;
  private boolean complete = true;

  private record SchemaFile(Optional<Node> node, long chars) {}

  Includer(
      final Diagnostics diagnostics,
      final IncludeFiles files,
      final Budget budget,
      final Merger merger) {
    this.diagnostics = diagnostics;
    this.files = files;
    this.budget = budget;
    this.merger = merger;
    this.chars = diagnostics.source().text().length();
  }

  /** The main file's tree over all that it includes. */
  Node expandMain(final Node root) {
    return expand(root, Paths.nameOf(diagnostics.source().name()), diagnostics.source());
  }

  /** Whether everything that was named could be read. */
  boolean isComplete() {
    return complete;
  }

  /** All files read, in that order. */
  List<Included> included() {
    return included;
  }

  private Node expand(final Node given, final String path, final Source source) {
    final Node root = schemas.put(given, source);
    final String key = DocumentKeys.INCLUDE.name();
    if (!(root instanceof MapNode map) || map.get(key) == null) {
      return root;
    }
    final Node paths = map.get(key);
    final MapNode own = Merger.without(map, key);
    final List<String> read = DocumentKeys.INCLUDE.type().read(paths, new Reading(diagnostics));
    if (read == null) {
      complete = false;
      return own;
    }
    open.addLast(path);
    Node base = new MapNode(own.offset(), List.of());
    for (final Node item : ((ListNode) paths).items()) {
      base = add(base, (ScalarNode) item, source);
    }
    open.removeLast();
    return merger.over(base, own);
  }

  private Node add(final Node base, final ScalarNode item, final Source source) {
    return include(item, source).map(tree -> merger.over(base, tree)).orElse(base);
  }

  /** The tree of a file, itself over what it includes; empty, and reported, where there is none. */
  private Optional<Node> include(final ScalarNode item, final Source from) {
    final Optional<String> resolved = Paths.resolve(from.folder(), item.text());
    if (resolved.isEmpty()) {
      return fail(Diagnostic.Kind.BAD_VALUE, item, item.quoted() + " is not a path");
    }
    final String path = resolved.get();
    if (open.contains(path)) {
      final List<String> circle = new ArrayList<>(open);
      circle.add(path);
      return fail(
          Diagnostic.Kind.CONFLICT,
          item,
          item.quoted() + " is being read already: files cannot include each other in a circle",
          String.join(" -> ", circle.subList(circle.indexOf(path), circle.size())));
    }
    includes++;
    if (includes > MAX_INCLUDES) {
      return fail(Diagnostic.Kind.LIMIT, item, "more than " + MAX_INCLUDES + " files are included");
    }
    if (open.size() > MAX_DEPTH) {
      return fail(
          Diagnostic.Kind.LIMIT,
          item,
          "files include each other more than " + MAX_DEPTH + " deep",
          String.join(" -> ", open));
    }
    final Optional<Node> known = treeByPath.get(path);
    if (known != null) {
      return known;
    }
    final Optional<Node> tree = read(path, item);
    complete &= tree.isPresent();
    treeByPath.put(path, tree);
    return tree;
  }

  /** The tree is whole without a check's schema. */
  private Node schema(final ScalarNode item, final Source from) {
    final boolean before = complete;
    final Node schema = schemaIn(item, from);
    complete = before;
    return schema;
  }

  /** The schema in a file; one that allows all where it cannot be read, which is reported. */
  private Node schemaIn(final ScalarNode item, final Source from) {
    final Node none = new MapNode(item.offset(), List.of());
    final Optional<String> path = Paths.resolve(from.folder(), item.text());
    if (path.isEmpty()) {
      fail(Diagnostic.Kind.BAD_VALUE, item, item.quoted() + " is not a path");
      return none;
    }
    final SchemaFile known = schemaByPath.get(path.get());
    if (known != null) {
      if (!budget.takeAliased(known.chars())) {
        fail(
            Diagnostic.Kind.LIMIT,
            item,
            "the schemas up to here stand for more than "
                + Limits.MAX_ALIAS_EXPANSION
                + " characters");
        return none;
      }
      return known.node().orElse(none);
    }
    includes++;
    if (includes > MAX_INCLUDES) {
      fail(Diagnostic.Kind.LIMIT, item, "more than " + MAX_INCLUDES + " files are named");
      return none;
    }
    final long before = chars;
    final Optional<Node> node =
        source(path.get(), item)
            .flatMap(
                read -> DocumentReader.readWhole(diagnostics, read.source(), read.base(), budget));
    complete &= node.isPresent();
    schemaByPath.put(path.get(), new SchemaFile(node, chars - before));
    return node.orElse(none);
  }

  private Optional<Node> read(final String path, final ScalarNode item) {
    return source(path, item)
        .flatMap(
            read ->
                DocumentReader.read(diagnostics, read.source(), read.base(), budget)
                    .flatMap(this::requireMap)
                    .map(root -> expand(root, path, read.source())));
  }

  /** A file that was read, and where it starts among all sources. */
  private record Read(Source source, int base) {}

  private Optional<Read> source(final String path, final ScalarNode item) {
    final byte[] bytes;
    try {
      bytes = files.read(path, Limits.MAX_FILE_BYTES + 1);
    } catch (final NoSuchFileException | FileNotFoundException e) {
      return fail(
          Diagnostic.Kind.MISSING_FILE,
          item,
          "there is no file " + item.quoted(),
          "looked for " + files.displayName(path));
    } catch (final IOException e) {
      return fail(
          Diagnostic.Kind.MISSING_FILE, item, item.quoted() + " cannot be read: " + reason(e));
    }
    if (bytes.length > Limits.MAX_FILE_BYTES) {
      return fail(
          Diagnostic.Kind.LIMIT,
          item,
          item.quoted()
              + " is larger than "
              + Limits.MAX_FILE_BYTES
              + " bytes, which is the limit");
    }
    final Utf8.Decoded decoded = Utf8.decode(bytes);
    chars += decoded.text().length();
    if (chars > MAX_CHARS) {
      return fail(
          Diagnostic.Kind.LIMIT,
          item,
          "the files up to here have more than " + MAX_CHARS + " characters together");
    }
    final Source source = new Source(files.displayName(path), Paths.folderOf(path), decoded.text());
    final int base = diagnostics.addSource(source);
    included.add(new Included(path, decoded.text()));
    return decoded.report(diagnostics, base)
        ? Optional.empty()
        : Optional.of(new Read(source, base));
  }

  private Optional<Node> requireMap(final Node root) {
    if (root instanceof MapNode) {
      return Optional.of(root);
    }
    diagnostics.add(
        Diagnostic.Kind.WRONG_TYPE,
        root.offset(),
        "an included file is a map of a scenario's keys, found " + root.describe(),
        List.of());
    return Optional.empty();
  }

  private <T> Optional<T> fail(
      final Diagnostic.Kind kind, final Node at, final String message, final String... notes) {
    complete = false;
    diagnostics.add(kind, at.offset(), message, List.of(notes));
    return Optional.empty();
  }

  private static String reason(final IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    return String.valueOf(e.getMessage());
  }
}
