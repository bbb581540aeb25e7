package io.lockstep.app.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the docs: its links and the headings that other links may point at. Links to the web
 * are not followed.
 */
final class MarkdownPage {
  private static final Pattern LINK =
      Pattern.compile("\\]\\(<?([^)>\\s]+)>?(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");

  private final Path file;
  private final String text;

  MarkdownPage(final Path file) {
    this.file = file;
    this.text = SourceTree.text(file);
  }

  Stream<String> deadLinks() {
    final List<String> dead = new ArrayList<>();
    final Matcher links = LINK.matcher(CODE.matcher(text).replaceAll(""));
    while (links.find()) {
      if (!links.group(1).matches("[a-z]+:.*") && !resolves(links.group(1))) {
        dead.add(links.group(1));
      }
    }
    return dead.stream();
  }

  private boolean resolves(final String link) {
    final int hash = link.indexOf('#');
    final String path = hash < 0 ? link : link.substring(0, hash);
    final Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0 || new MarkdownPage(target).anchors().contains(link.substring(hash + 1));
  }

  private List<String> anchors() {
    return HEADING.matcher(text).results().map(heading -> anchor(heading.group(1))).toList();
  }

  /**
   * As the usual hosts make them: lower case, letters, digits, hyphens, and a hyphen for each
   * space.
   */
  private static String anchor(final String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }
}
