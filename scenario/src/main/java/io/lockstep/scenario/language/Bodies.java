package io.lockstep.scenario.language;

import io.lockstep.scenario.document.Paths;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.expression.TemplateType;
import io.lockstep.scenario.model.Payload;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.read.EitherType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.MapNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the bodies of requests are made of, and whether they wait to be wanted. */
final class Bodies {
  static final int MAX_FIELDS = 1_000;
  static final int MAX_PARTS = 100;

  private static final long CONTINUE_NS = 1_000_000_000L;
  private static final long MAX_CONTINUE_NS = 3_600_000_000_000L;
  private static final String CONTENT_TYPE = "Content-Type";

  private static final Type<Payload.FileReference> PATH =
      new FileReferenceType("a path such as data/photo.jpg");

  private static final Key<Payload.FileReference> BODY_FILE =
      Key.optional(
          "body_file", PATH, "file whose bytes are the body, as they are; relative to this file");

  private static final Key<Map<String, SourceTemplate>> FORM =
      Key.optional(
          "form",
          new MapType<>(
              "fields",
              Bodies::nameFault,
              new TemplateType("a value of a field", true),
              1,
              MAX_FIELDS),
          "fields by name, sent as application/x-www-form-urlencoded");

  private static final Key<String> NAME =
      Key.required(
          "name", new TextType("a name of a field", false, Bodies::nameFault), "its field");
  private static final Key<SourceTemplate> VALUE =
      Key.optional(
          "value", new TemplateType("a value of a field", true), "its text; or else `file`");
  private static final Key<Payload.FileReference> FILE =
      Key.optional("file", PATH, "file whose bytes it has; or else `value`");
  private static final Key<String> FILENAME =
      Key.optional(
          "filename",
          new TextType("a file name", false, Bodies::filenameFault),
          "what the target is told of the file's name; its own by default");
  private static final Key<String> TYPE =
      Key.optional(
          "type",
          new TextType("a media type such as image/png", false, HttpRules::headerValueFault),
          "its Content-Type; application/octet-stream by default for a file");

  private static final Key<List<Payload.Part>> MULTIPART =
      Key.optional(
          "multipart",
          new ListType<>(
              "parts",
              new ObjectType<>(
                  "a part",
                  List.of(NAME, VALUE, FILE, FILENAME, TYPE),
                  List.of(
                      new Rule(List.of(VALUE, FILE), Bodies::hasOneContent),
                      new Rule(List.of(VALUE, FILENAME), Bodies::filenameIsOfAFile)),
                  Bodies::part),
              MAX_PARTS),
          "parts with heads of their own, sent as multipart/form-data (RFC 7578)");

  private static final Key<Long> CONTINUE_TIMEOUT =
      Key.optional(
          "timeout",
          UnitType.duration(1, MAX_CONTINUE_NS),
          CONTINUE_NS,
          "1s",
          "how long the body waits; it is sent then, wanted or not");

  /** How long; negative where it does not wait. */
  static final Key<Long> EXPECT_CONTINUE =
      Key.optional(
          "expect_continue",
          new EitherType<>(
              "true, false, or a map with `timeout`",
              List.of(
                  new EitherType.Option<>(
                      MapNode.class::isInstance,
                      new ObjectType<>(
                          "`expect_continue`",
                          List.of(CONTINUE_TIMEOUT),
                          v -> v.get(CONTINUE_TIMEOUT))),
                  new EitherType.Option<>(
                      any -> true,
                      new MappedType<>(Booleans.TYPE, wanted -> wanted ? CONTINUE_NS : -1L)))),
          "whether the body waits until the target says 100 Continue (RFC 9110, 10.1.1)");

  /** All that a request may have of these. */
  static final List<Key<?>> KEYS = List.of(BODY_FILE, FORM, MULTIPART, EXPECT_CONTINUE);

  private Bodies() {}

  /** Rules for what has these keys besides its text and its headers. */
  static List<Rule> rules(final Key<?> text, final Key<RequestHeadersType.Read> headers) {
    final List<Key<?>> bodies = List.of(text, BODY_FILE, FORM, MULTIPART);
    final List<Key<?>> all = new ArrayList<>(bodies);
    all.add(EXPECT_CONTINUE);
    return List.of(
        new Rule(bodies, v -> hasOneBody(bodies, v)),
        new Rule(List.of(MULTIPART, headers), v -> typeIsOwn(headers, v)),
        new Rule(List.copyOf(all), v -> somethingWaits(bodies, v)));
  }

  /** What the body is made of. */
  static Payload payload(final Values v) {
    if (v.has(BODY_FILE)) {
      return new Payload.WholeFile(v.get(BODY_FILE));
    }
    if (v.has(FORM)) {
      return new Payload.Form(v.get(FORM));
    }
    return v.has(MULTIPART) ? new Payload.Multipart(v.get(MULTIPART)) : new Payload.Text();
  }

  /** How long it waits, if it does. */
  static OptionalLong continueNs(final Values v) {
    return v.has(EXPECT_CONTINUE) && v.get(EXPECT_CONTINUE) > 0
        ? OptionalLong.of(v.get(EXPECT_CONTINUE))
        : OptionalLong.empty();
  }

  private static boolean hasOneBody(final List<Key<?>> bodies, final Values v) {
    final List<Key<?>> said = bodies.stream().filter(v::has).toList();
    if (said.size() > 1) {
      v.in()
          .conflict(
              v.offset(said.get(1)),
              "a request has one body, not `"
                  + said.get(0).name()
                  + "` and `"
                  + said.get(1).name()
                  + "`",
              "leave one of them out; a `multipart` body can have files and texts");
    }
    return said.size() <= 1;
  }

  private static boolean typeIsOwn(final Key<RequestHeadersType.Read> headers, final Values v) {
    final boolean given =
        v.has(MULTIPART)
            && v.get(headers).headers().stream()
                .map(Header::name)
                .anyMatch(CONTENT_TYPE::equalsIgnoreCase);
    if (given) {
      v.in()
          .conflict(
              v.offset(headers),
              "`multipart` says itself what `Content-Type` is, with its boundary",
              "leave the header out");
    }
    return !given;
  }

  private static boolean somethingWaits(final List<Key<?>> bodies, final Values v) {
    final boolean waits = v.has(EXPECT_CONTINUE) && v.get(EXPECT_CONTINUE) > 0;
    if (waits && bodies.stream().noneMatch(v::has)) {
      v.in()
          .conflict(
              v.offset(EXPECT_CONTINUE),
              "`expect_continue` is about a body, and the request has none",
              "RFC 9110, section 10.1.1, forbids the expectation then: leave it out");
      return false;
    }
    return true;
  }

  private static boolean hasOneContent(final Values v) {
    if (!v.has(VALUE) && !v.has(FILE)) {
      v.in().missing(v.offset(), "a part needs `value` or `file`");
    } else if (v.has(VALUE) && v.has(FILE)) {
      v.in().conflict(v.offset(FILE), "a part has either `value` or `file`");
    }
    return v.has(VALUE) != v.has(FILE);
  }

  private static boolean filenameIsOfAFile(final Values v) {
    if (v.has(VALUE) && v.has(FILENAME)) {
      v.in().conflict(v.offset(FILENAME), "`filename` belongs to `file`, not to `value`");
      return false;
    }
    return true;
  }

  private static Payload.Part part(final Values v) {
    final Optional<Payload.FileReference> file =
        v.has(FILE) ? Optional.of(v.get(FILE)) : Optional.empty();
    return new Payload.Part(
        v.get(NAME),
        v.has(VALUE) ? Optional.of(v.get(VALUE)) : Optional.empty(),
        file,
        v.has(FILENAME) ? Optional.of(v.get(FILENAME)) : file.map(one -> Paths.nameOf(one.path())),
        v.has(TYPE) ? Optional.of(v.get(TYPE)) : Optional.empty());
  }

  private static Optional<String> nameFault(final String name) {
    if (name.isEmpty()) {
      return Optional.of("is no name of a field: it is empty");
    }
    return name.contains("${")
        ? Optional.of("is a template, which a name cannot be")
        : Optional.empty();
  }

  private static Optional<String> filenameFault(final String name) {
    return name.isEmpty() || name.chars().anyMatch(Character::isISOControl)
        ? Optional.of("is no file name")
        : Optional.empty();
  }
}
