package io.lockstep.replay.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/**
 * Holds a summary against one that an older version may have recorded. Versions add keys, and what
 * was recorded is right without them; whatever both have must be the same.
 */
public final class RecordedSummary {
  private RecordedSummary() {}

  /** A summary as JSON, as the version that recorded one would have written it. */
  public static String like(final String recorded, final RunSummary summary) {
    final String text = SummaryJson.text(summary);
    if (text.equals(recorded)) {
      return text;
    }
    try {
      final ObjectMapper mapper =
          JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
      final JsonNode tree = mapper.readTree(text);
      final JsonNode before = mapper.readTree(recorded);
      if (!prune(tree, before)) {
        return text;
      }
      // Numbers keep their spelling in a tree, so what is equal but for added keys is found so.
      return tree.equals(before) ? recorded : text;
    } catch (final JsonProcessingException e) {
      return text; // what was recorded is no JSON, so it differs
    }
  }

  /** Takes away what only the first has; says whether there was any such key. */
  private static boolean prune(final JsonNode tree, final JsonNode before) {
    boolean pruned = false;
    if (tree instanceof ObjectNode object && before.isObject()) {
      final Iterator<String> names = object.fieldNames();
      while (names.hasNext()) {
        final String name = names.next();
        if (before.has(name)) {
          pruned |= prune(object.get(name), before.get(name));
        } else {
          names.remove();
          pruned = true;
        }
      }
    } else if (tree.isArray() && before.isArray()) {
      for (int i = 0; i < Math.min(tree.size(), before.size()); i++) {
        pruned |= prune(tree.get(i), before.get(i));
      }
    }
    return pruned;
  }
}
