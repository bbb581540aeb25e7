package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Templates;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Header fields of requests by name, in the order of the file; their values may be templates. */
final class RequestHeadersType implements Type<RequestHeadersType.Read> {
  private static final MapType<RequestTextType.Read> FIELDS =
      new MapType<>(
          "headers",
          HttpRules::headerNameFault,
          new RequestTextType(
              new TextType("a header value in printable ASCII", true, HttpRules::headerValueFault),
              false),
          0,
          HeadersType.MAX_HEADERS);

  /** Headers, of which some are templates. */
  record Read(List<Header> headers, Map<String, SourceTemplate> templateByName) {
    static final Read NONE = new Read(List.of(), Map.of());

    /** Where nothing else is a template. */
    Templates templates() {
      return templateByName.isEmpty()
          ? Templates.NONE
          : new Templates(Optional.empty(), templateByName, Optional.empty());
    }
  }

  @Override
  public String expected() {
    return "a map of header values by name";
  }

  @Override
  public Schema schema(final Schemas in) {
    return in.of(FIELDS);
  }

  @Override
  public Read read(final Node node, final Reading in) {
    final Map<String, RequestTextType.Read> valueByName = FIELDS.read(node, in);
    final boolean distinct = HeadersType.namesAreDistinct(node, in);
    if (valueByName == null || !distinct) {
      return null;
    }
    final List<Header> headers = new ArrayList<>();
    final Map<String, SourceTemplate> templateByName = new LinkedHashMap<>();
    int characters = 0;
    for (final Map.Entry<String, RequestTextType.Read> field : valueByName.entrySet()) {
      final Header header = new Header(field.getKey(), field.getValue().text());
      headers.add(header);
      characters += header.name().length() + header.value().length();
      field.getValue().template().ifPresent(t -> templateByName.put(header.name(), t));
    }
    if (characters > HeadersType.MAX_CHARACTERS) {
      return in.tooMany(
          node.offset(),
          "the headers have " + characters + " characters, at most " + HeadersType.MAX_CHARACTERS);
    }
    return new Read(headers, templateByName);
  }
}
