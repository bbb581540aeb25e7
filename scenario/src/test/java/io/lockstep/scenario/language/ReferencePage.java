package io.lockstep.scenario.language;

import io.lockstep.scenario.read.Schema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills in the tables of the reference pages from the schema. A table stands between {@code <!--
 * keys: NAME -->} and {@code <!-- /keys -->}, where the name is that of a definition in the schema,
 * or of several; {@code *} stands for all that no other block of any page names. Everything outside
 * of such blocks is written by hand and left as it is.
 */
final class ReferencePage {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- keys: ([^>]*?) -->\n).*?(<!-- /keys -->)", Pattern.DOTALL);
  private static final String DEFINITIONS = "#/$defs/";
  private static final String PART = "part-of-";
  private static final String REST = "*";

  private final Map<String, Schema> objectByName = new LinkedHashMap<>();
  private final Map<String, Schema> definitionByName = new LinkedHashMap<>();

  ReferencePage(final Schema schema) {
    for (final Map.Entry<?, ?> entry : ((Map<?, ?>) schema.get("$defs")).entrySet()) {
      final String name = (String) entry.getKey();
      final Schema definition = (Schema) entry.getValue();
      definitionByName.put(name, definition);
      if (definition.get("properties") != null && !name.startsWith(PART)) {
        objectByName.put(name, definition);
      }
    }
  }

  /** The pages with all their tables as they must be. */
  List<String> filledIn(final List<String> pages) {
    final Set<String> named = new LinkedHashSet<>();
    for (final String page : pages) {
      BLOCK.matcher(page).results().forEach(block -> named.addAll(names(block)));
    }
    return pages.stream().map(page -> filledIn(page, named)).toList();
  }

  private String filledIn(final String page, final Set<String> named) {
    final Matcher blocks = BLOCK.matcher(page);
    return blocks.replaceAll(
        block ->
            Matcher.quoteReplacement(
                block.group(1) + tables(names(block), named) + block.group(3)));
  }

  private static List<String> names(final MatchResult block) {
    return List.of(block.group(2).strip().split(" +"));
  }

  private String tables(final List<String> names, final Set<String> named) {
    final boolean rest = names.equals(List.of(REST));
    final Collection<String> wanted =
        rest
            ? objectByName.keySet().stream().filter(name -> !named.contains(name)).toList()
            : names;
    final StringBuilder out = new StringBuilder("\n");
    for (final String name : wanted) {
      final Schema object = objectByName.get(name);
      if (object == null) {
        throw new AssertionError(
            "the page has a block for `" + name + "`, the schema only " + objectByName.keySet());
      }
      if (rest || names.size() > 1) {
        out.append("**").append(heading(name, object)).append("**\n\n");
      }
      out.append(table(object)).append('\n');
    }
    return out.toString();
  }

  private static String heading(final String name, final Schema object) {
    for (final Map.Entry<?, ?> property : properties(object).entrySet()) {
      final Object constant = ((Schema) property.getValue()).get("const");
      if (constant != null) {
        return "`" + property.getKey() + ": " + constant + "`";
      }
    }
    return name.replace('-', ' ');
  }

  private String table(final Schema object) {
    final Collection<?> required =
        object.get("required") == null ? List.of() : (Collection<?>) object.get("required");
    final StringBuilder out = new StringBuilder();
    out.append("| key | type | default | meaning and limits |\n|---|---|---|---|\n");
    for (final Map.Entry<?, ?> property : properties(object).entrySet()) {
      final Schema value = (Schema) property.getValue();
      final Object standard = value.get("default");
      out.append("| `").append(property.getKey()).append("` | ").append(type(value)).append(" | ");
      out.append(
          required.contains(property.getKey())
              ? "required"
              : standard == null ? "none" : "`" + shown(standard) + "`");
      out.append(" | ").append(meaning(value)).append(" |\n");
    }
    return out.toString();
  }

  private String type(final Schema value) {
    if (value.get("const") != null) {
      return "`" + value.get("const") + "`";
    }
    final Schema resolved = resolved(value);
    return String.valueOf(value.get("title") == null ? resolved.get("title") : value.get("title"));
  }

  private Schema resolved(final Schema value) {
    final Object reference = value.get("$ref");
    return reference == null
        ? value
        : definitionByName.get(((String) reference).substring(DEFINITIONS.length()));
  }

  private static String meaning(final Schema value) {
    final Object words = value.get("enum");
    final String listed =
        words == null
            ? ""
            : ((Collection<?>) words)
                .stream()
                    .map(word -> "`" + word + "`")
                    .distinct() // a word that may be a number too
                    .collect(Collectors.joining(", ", ": ", ""));
    return String.valueOf(value.get("description")).replace("|", "\\|") + listed;
  }

  private static String shown(final Object standard) {
    return standard.equals("") ? "\"\"" : standard.toString();
  }

  private static Map<?, ?> properties(final Schema object) {
    return (Map<?, ?>) object.get("properties");
  }
}
