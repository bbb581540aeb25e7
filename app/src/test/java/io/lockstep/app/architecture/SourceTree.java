package io.lockstep.app.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the project, and what is untidy about them; every method answers with complaints,
 * none for a tidy tree.
 */
final class SourceTree {
  static final int MAX_FILE_LINES = 500;
  static final int MAX_README_LINES = 15;

  private static final Set<String> SKIPPED_FOLDERS = Set.of(".git", ".idea", ".vscode");
  private static final Set<String> NOT_OURS = Set.of("LICENSE", "mvnw", "mvnw.cmd");
  private static final Pattern TEXT =
      Pattern.compile(".*\\.(java|md|xml|yaml|yml|json|sh|properties|js|css|html)|[a-z]+|run");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private final Path root;

  SourceTree(final Path root) {
    this.root = root;
  }

  /** The tree that this test was built from. */
  static SourceTree ofProject() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("not inside the project: " + Path.of("").toAbsolutePath());
    }
    return new SourceTree(folder);
  }

  List<String> packagesWithoutInfo() {
    return files()
        .filter(file -> file.toString().endsWith(".java"))
        .map(Path::getParent)
        .filter(folder -> relative(folder).contains("src/main/java/"))
        .distinct()
        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
        .map(folder -> relative(folder) + " has no package-info.java")
        .toList();
  }

  List<String> modulesWithoutShortReadme() {
    final List<String> complaints = new ArrayList<>();
    final Matcher modules = MODULE.matcher(text(root.resolve("pom.xml")));
    int found = 0;
    while (modules.find()) {
      found++;
      final Path readme = root.resolve(modules.group(1)).resolve("README.md");
      if (!Files.exists(readme)) {
        complaints.add(modules.group(1) + " has no README.md");
      } else if (lines(readme) > MAX_README_LINES) {
        complaints.add(relative(readme) + " has more than " + MAX_README_LINES + " lines");
      }
    }
    if (found == 0) {
      complaints.add("pom.xml names no module");
    }
    return complaints;
  }

  List<String> oversizedFiles() {
    return files()
        .filter(file -> TEXT.matcher(file.getFileName().toString()).matches())
        .filter(file -> !NOT_OURS.contains(file.getFileName().toString()))
        .filter(file -> lines(file) > MAX_FILE_LINES)
        .map(file -> relative(file) + " has " + lines(file) + " lines, more than " + MAX_FILE_LINES)
        .toList();
  }

  List<String> deadLinks() {
    return files()
        .filter(file -> file.toString().endsWith(".md"))
        .flatMap(
            page ->
                new MarkdownPage(page)
                    .deadLinks()
                    .map(link -> relative(page) + " links to nowhere: " + link))
        .toList();
  }

  private Stream<Path> files() {
    final List<Path> files = new ArrayList<>();
    collect(root, files);
    return files.stream();
  }

  private void collect(final Path folder, final List<Path> files) {
    final List<Path> children;
    try (Stream<Path> list = Files.list(folder)) {
      children = list.sorted().toList();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    for (final Path child : children) {
      if (!Files.isDirectory(child)) {
        files.add(child);
      } else if (!skipped(child)) {
        collect(child, files);
      }
    }
  }

  /** Build and run folders lie beside a pom; a package may have the same name. */
  private static boolean skipped(final Path folder) {
    final String name = folder.getFileName().toString();
    final boolean output = name.equals("target") || name.equals("runs");
    return SKIPPED_FOLDERS.contains(name)
        || (output && Files.exists(folder.resolveSibling("pom.xml")));
  }

  private String relative(final Path path) {
    return root.relativize(path).toString().replace('\\', '/')
        + (Files.isDirectory(path) ? "/" : "");
  }

  private static long lines(final Path file) {
    return text(file).lines().count();
  }

  static String text(final Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
