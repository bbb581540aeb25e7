package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.plan.expression.Codings;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Op;
import io.lockstep.scenario.plan.expression.Template;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts parameters behind a request's path, as a template. Where only the rendered path tells
 * whether it has a query already, {@code for_query()} looks.
 */
final class QueryParts {
  private static final int PLAIN =
      Kind.LONG.mask() | Kind.DOUBLE.mask() | Kind.BOOLEAN.mask() | Kind.NULL.mask();

  /** What these give has no question mark in it. */
  private static final Set<Function> WITHOUT_MARK =
      EnumSet.of(Function.UUID, Function.STRING, Function.HEX, Function.URLENCODE, Function.BASE64);

  private final Request request;
  private final ExpressionCompiler expressions;
  private final List<String> parameters = new ArrayList<>();
  private SourceTemplate place;

  QueryParts(final Request request, final ExpressionCompiler expressions) {
    this.request = request;
    this.expressions = expressions;
  }

  /** Adds a parameter; reports what is wrong with its value. */
  void add(final String name, final SourceTemplate value) {
    if (value.compile(expressions.symbols(), expressions.in()) == null) {
      return;
    }
    place = value;
    parameters.add(
        Codings.urlEncode(name)
            + "="
            + (value.isLiteral()
                ? Codings.urlEncode(value.literal())
                : "${urlencode(" + value.expression() + ")}"));
  }

  /** The path's template, parameters included; empty where it is literal and has none of these. */
  Optional<SourceTemplate> path() {
    final Optional<SourceTemplate> own = request.templates().path();
    if (parameters.isEmpty()) {
      return own;
    }
    final SourceTemplate whole = own.orElseGet(() -> SourceTemplate.literal(request.path()));
    final Template compiled = whole.compile(expressions.symbols(), expressions.in());
    if (compiled == null) {
      return own;
    }
    final String text = start(whole, compiled) + String.join("&", parameters);
    return SourceTemplate.made(text, place, expressions.in()).or(() -> own);
  }

  private static String start(final SourceTemplate whole, final Template compiled) {
    if (compiled.isConstant()) {
      return Template.escaped(Codings.forQuery(compiled.constant()), false);
    }
    boolean marked = false;
    boolean open = false;
    for (int i = 0; i <= compiled.expressions(); i++) {
      marked |= compiled.literal(i).indexOf('?') >= 0;
      open |= i < compiled.expressions() && mayHaveMark(compiled.expression(i));
    }
    if (marked) {
      final String last = compiled.literal(compiled.expressions());
      return whole.text() + (last.endsWith("?") || last.endsWith("&") ? "" : "&");
    }
    return open ? "${for_query(" + whole.expression() + ")}" : whole.text() + "?";
  }

  private static boolean mayHaveMark(final Expression expression) {
    if ((expression.kinds() & ~PLAIN) == 0) {
      return false;
    }
    int last = 0;
    for (int at = 0; at < expression.length(); at += Op.length(expression.code(at))) {
      last = at;
      switch (expression.code(at)) {
        case Op.AND, Op.OR, Op.BRANCH, Op.JUMP -> {
          return true;
        }
        default -> {
          // goes on to what is next
        }
      }
    }
    return expression.code(last) != Op.CALL
        || !WITHOUT_MARK.contains(Function.of(expression.code(last + 1)));
  }
}
