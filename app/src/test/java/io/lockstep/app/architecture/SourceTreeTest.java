package io.lockstep.app.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's files are tidy, and an untidy tree is told so. */
final class SourceTreeTest {
  private static final List<String> NO_COMPLAINT = List.of();

  private final SourceTree project = SourceTree.ofProject();

  @TempDir private Path root;
  private SourceTree untidy;

  @BeforeEach
  void openUntidyTree() {
    untidy = new SourceTree(root);
  }

  @Test
  void shouldDescribeEveryPackage() {
    assertEquals(NO_COMPLAINT, project.packagesWithoutInfo());
  }

  @Test
  void shouldIntroduceEveryModuleInFewLines() {
    assertEquals(NO_COMPLAINT, project.modulesWithoutShortReadme());
  }

  @Test
  void shouldKeepFilesShort() {
    assertEquals(NO_COMPLAINT, project.oversizedFiles());
  }

  @Test
  void shouldLinkToWhatIsThere() {
    assertEquals(NO_COMPLAINT, project.deadLinks());
  }

  @Test
  void shouldComplainOfPackageWithoutInfo() throws IOException {
    write("a/src/main/java/one/A.java", "class A {}");
    write("a/src/main/java/two/B.java", "class B {}");
    write("a/src/main/java/two/package-info.java", "package two;");
    write("a/src/test/java/three/C.java", "class C {}");
    write("pom.xml", "<project/>");
    write("target/src/main/java/four/D.java", "class D {}");
    write("a/src/main/java/target/E.java", "class E {}");
    assertEquals(
        List.of(
            "a/src/main/java/one/ has no package-info.java",
            "a/src/main/java/target/ has no package-info.java"),
        untidy.packagesWithoutInfo());
  }

  @Test
  void shouldComplainOfModuleWithoutShortReadme() throws IOException {
    write("pom.xml", "<module>a</module> <module>b/c</module> <module>d</module>");
    write("a/README.md", "words\n".repeat(SourceTree.MAX_README_LINES));
    write("b/c/README.md", "words\n".repeat(SourceTree.MAX_README_LINES + 1));
    assertEquals(
        List.of("b/c/README.md has more than 15 lines", "d has no README.md"),
        untidy.modulesWithoutShortReadme());
  }

  @Test
  void shouldComplainOfPomWithoutModules() throws IOException {
    write("pom.xml", "<project/>");
    assertEquals(List.of("pom.xml names no module"), untidy.modulesWithoutShortReadme());
  }

  @Test
  void shouldComplainOfLongFile() throws IOException {
    write("A.java", "\n".repeat(SourceTree.MAX_FILE_LINES));
    write("B.java", "\n".repeat(SourceTree.MAX_FILE_LINES + 1));
    write(".ci/run", "\n".repeat(SourceTree.MAX_FILE_LINES + 2));
    write("LICENSE", "\n".repeat(SourceTree.MAX_FILE_LINES + 1));
    assertEquals(
        List.of(".ci/run has 502 lines, more than 500", "B.java has 501 lines, more than 500"),
        untidy.oversizedFiles());
  }

  @Test
  void shouldComplainOfDeadLink() throws IOException {
    write("docs/other.md", "# Two words, one comma\n");
    write(
        "docs/page.md",
        "[a](other.md) [b](other.md#two-words-one-comma) [c](#here) [d](https://example.org/x) [e](gone.md)\n"
            + "[f](other.md#gone) [g](../docs) `[h](code.md)`\n```\n[i](code.md)\n```\n## Here\n");
    assertEquals(
        List.of(
            "docs/page.md links to nowhere: gone.md",
            "docs/page.md links to nowhere: other.md#gone"),
        untidy.deadLinks());
  }

  private void write(final String path, final String text) throws IOException {
    final Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
