package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Header fields by name, in the order of the file. */
final class HeadersType implements Type<List<Header>> {
  static final int MAX_HEADERS = 100;
  static final int MAX_CHARACTERS = 16 << 10;

  private static final MapType<String> FIELDS =
      new MapType<>(
          "headers",
          HttpRules::headerNameFault,
          new TextType("a header value in printable ASCII", true, HttpRules::headerValueFault),
          0,
          MAX_HEADERS);

  @Override
  public String expected() {
    return "a map of header values by name";
  }

  @Override
  public Schema schema(final Schemas in) {
    return in.of(FIELDS);
  }

  @Override
  public List<Header> read(final Node node, final Reading in) {
    final Map<String, String> valueByName = FIELDS.read(node, in);
    final boolean distinct = namesAreDistinct(node, in);
    if (valueByName == null || !distinct) {
      return null;
    }
    final int characters =
        valueByName.entrySet().stream()
            .mapToInt(e -> e.getKey().length() + e.getValue().length())
            .sum();
    if (characters > MAX_CHARACTERS) {
      return in.tooMany(
          node.offset(),
          "the headers have " + characters + " characters, at most " + MAX_CHARACTERS);
    }
    return valueByName.entrySet().stream().map(e -> new Header(e.getKey(), e.getValue())).toList();
  }

  static boolean namesAreDistinct(final Node node, final Reading in) {
    boolean distinct = true;
    if (node instanceof MapNode map && map.entries().size() <= MAX_HEADERS) {
      final Set<String> names = new HashSet<>();
      for (final MapNode.Entry entry : map.entries()) {
        if (!names.add(entry.key().toLowerCase(Locale.ROOT))) {
          distinct = false;
          in.conflict(
              entry.keyOffset(),
              "the header `" + entry.key() + "` is here for the second time",
              "names of headers are the same in upper and lower case");
        }
      }
    }
    return distinct;
  }
}
