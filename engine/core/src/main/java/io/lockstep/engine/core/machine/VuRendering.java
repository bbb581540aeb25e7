package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.TextBuffer;
import io.lockstep.engine.core.port.AskedRequest;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.core.port.RequestSyntax;
import io.lockstep.engine.core.secret.SecretEchoes;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Renders requests from their templates. Each has two forms: the logical one, which is digested,
 * and the one that is sent. They are the same bytes unless a secret is in it; then the logical form
 * has the expression, and the other what it comes to, of the secret's name where the run has no
 * secrets. A request that is signed has its signature in the one that is sent alone.
 *
 * <p>A request whose form to be sent is too large is sent as one that no transport takes, so that
 * it ends as an invalid request, and replays: a replay knows nothing of the size of a secret.
 */
final class VuRendering {
  private static final byte[] NOTHING = {};

  /** By request; {@code null} for one that is encoded once. */
  private final Logic.RequestTexts[] texts;

  private final boolean[] tainted;
  private final List<RequestPlan> requests;

  /** By request; {@code null} for one that is not signed. */
  private final VuSigning[] signings;

  /** By request: whether its path, and each of its headers, has to be looked at when rendered. */
  private final boolean[][] fallible;

  private final long[] planDigests;
  private final byte[][] methods;
  private final byte[][][] headerNames;
  private final VuLogic logic;
  private final TextBuffer logical = new TextBuffer();
  private final TextBuffer wire = new TextBuffer();
  private final RequestRenderer logicalForm = new RequestRenderer();
  private final RequestRenderer wireForm = new RequestRenderer();
  private final UnsafeBuffer view = new UnsafeBuffer(NOTHING);
  private int[] logicalEnds = new int[8];
  private int[] wireEnds = new int[8];
  private boolean isTainted;

  /** {@code null} where no secret has a value. */
  private final SecretEchoes echoes;

  /** The VU whose request it is. */
  private int rendered;

  VuRendering(final ShardState shard, final VuLogic logic) {
    this.logic = logic;
    echoes = shard.echoes;
    if (echoes != null) {
      logic.evaluator().onSecret((text, shown) -> echoes.made(rendered, text, shown));
    }
    final Plan plan = shard.plan;
    requests = plan.requests();
    final int count = requests.size();
    texts = new Logic.RequestTexts[count];
    tainted = new boolean[count];
    signings = new VuSigning[count];
    fallible = new boolean[count][];
    methods = new byte[count][];
    headerNames = new byte[count][][];
    planDigests = requests.stream().mapToLong(RequestPlan::digest).toArray();
    for (final Logic.RequestTexts request : plan.logic().requests()) {
      final int index = request.request();
      final RequestPlan of = plan.requests().get(index);
      texts[index] = request;
      tainted[index] = request.isTainted();
      fallible[index] = fallible(request);
      signings[index] =
          request.signing().map(signing -> new VuSigning(plan, of, signing)).orElse(null);
      methods[index] = of.method().getBytes(StandardCharsets.UTF_8);
      headerNames[index] =
          of.headers().stream()
              .map(header -> header.name().getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
    }
  }

  /** From now on what is sent is the logical form: in a preview, where a person reads it. */
  void showLogical() {
    Arrays.fill(tainted, false);
  }

  /** Whether a request is rendered at all. */
  boolean isDynamic(final int request) {
    return texts[request] != null;
  }

  /** Signs what a redirect of a request leads to, where the request is signed. */
  void signAgain(final int vu, final int request, final AskedRequest sent, final long tick) {
    if (signings[request] != null) {
      rendered = vu;
      final String signature = signings[request].signAgain(sent, logic, logic.scope(vu, tick));
      if (signature != null) {
        made(vu, signature);
      }
    }
  }

  /** A request of a VU holds a text on the wire that was made of a secret. */
  void made(final int vu, final String text) {
    if (echoes != null) {
      echoes.made(vu, text, "");
    }
  }

  /** What a response had before its secrets were masked, for nothing but the wire. */
  String unmasked(final String text) {
    return echoes == null ? text : echoes.unmasked(text);
  }

  /** Digest of a request that is encoded once. */
  long planDigest(final int request) {
    return planDigests[request];
  }

  /**
   * Renders a request.
   *
   * @param visit how often the VU was at it in this iteration
   * @return whether all expressions came to a value; else the logic says why not
   */
  boolean render(final int vu, final int request, final long visit, final long tick) {
    final Logic.RequestTexts of = texts[request];
    final VuScope scope = logic.scope(vu, tick);
    isTainted = tainted[request];
    rendered = vu;
    logical.clear();
    wire.clear();
    reserve(of.headers().size() + of.afterFiles().size() + 2);
    int part = 0;
    if (!part(of.path(), part++, visit, scope)) {
      return false;
    }
    for (int i = 0; i < of.headers().size(); i++) {
      if (!part(of.headers().get(i), part++, visit, scope)) {
        return false;
      }
    }
    if (!part(of.body(), part++, visit, scope)) {
      return false;
    }
    for (int i = 0; i < of.afterFiles().size(); i++) {
      if (!part(of.afterFiles().get(i), part++, visit, scope)) {
        return false;
      }
    }
    final VuSigning signing = signings[request];
    if (signing != null && !signing.renderKeys(logic, visit, scope)) {
      return false;
    }
    assemble(logicalForm, logical, logicalEnds, request);
    final String fault = fault(of, request);
    if (fault != null) {
      logic.notes().invalidRequest(vu, requests.get(request), fault);
    }
    if (isTainted) {
      if (wire.isOverflowed()) {
        wireForm.begin().text(methods[request]).text(NOTHING).headers(0).text(NOTHING);
      } else if (signing != null) {
        final String signature = signing.assemble(wireForm, wire, wireEnds, scope.nowNs());
        made(vu, signature);
      } else {
        assemble(wireForm, wire, wireEnds, request);
      }
    }
    return true;
  }

  /**
   * What makes the request one that no transport sends; {@code null} for nothing, or where it is
   * for a secret to say: of that a replay knows nothing.
   */
  private String fault(final Logic.RequestTexts of, final int request) {
    view.wrap(logical.bytes(), 0, logical.length());
    String fault = null;
    final boolean[] looked = fallible[request];
    if (looked[0]) {
      fault = RequestSyntax.pathFault(view, 0, logicalEnds[0]);
    }
    for (int i = 0; i < of.headers().size() && fault == null; i++) {
      if (looked[i + 1]) {
        final int start = logicalEnds[i];
        fault = RequestSyntax.valueFault(view, start, logicalEnds[i + 1] - start);
        if (fault != null) {
          return "the header " + requests.get(request).headers().get(i).name() + " " + fault;
        }
      }
    }
    return fault;
  }

  private static boolean[] fallible(final Logic.RequestTexts of) {
    final boolean[] looked = new boolean[of.headers().size() + 1];
    looked[0] = mayFail(of.path());
    for (int i = 0; i < of.headers().size(); i++) {
      looked[i + 1] = mayFail(of.headers().get(i));
    }
    return looked;
  }

  private static boolean mayFail(final Logic.Text text) {
    return !text.template().isConstant() && !text.template().isTainted();
  }

  private boolean part(
      final Logic.Text text, final int part, final long visit, final VuScope scope) {
    final TextBuffer other = isTainted ? wire : null;
    if (!logic.evaluator().render(text.template(), text.site(), visit, scope, logical, other)) {
      logic.failed();
      return false;
    }
    logicalEnds[part] = logical.length();
    wireEnds[part] = wire.length();
    return true;
  }

  private void assemble(
      final RequestRenderer out, final TextBuffer from, final int[] ends, final int request) {
    view.wrap(from.bytes(), 0, from.length());
    out.begin().text(methods[request]);
    out.beginText().put(view, 0, ends[0]).endText();
    final byte[][] names = headerNames[request];
    out.headers(names.length);
    for (int i = 0; i < names.length; i++) {
      out.text(names[i]).beginText().put(view, ends[i], ends[i + 1] - ends[i]).endText();
    }
    final int body = ends[names.length];
    final List<BodyFile> files = requests.get(request).sending().files();
    out.beginText().put(view, body, ends[names.length + 1 + files.size()] - body).endText();
    if (!files.isEmpty()) {
      out.files(files, positions(ends, names.length, files.size()));
    }
  }

  /**
   * How many bytes of the body's texts come before each of its files.
   *
   * @param body index of the end of what comes before the body
   */
  static int[] positions(final int[] ends, final int body, final int files) {
    final int[] positions = new int[files];
    for (int i = 0; i < files; i++) {
      positions[i] = ends[body + 1 + i] - ends[body];
    }
    return positions;
  }

  /** Digest of the logical form of what was rendered. */
  long digest() {
    return logicalForm.digest();
  }

  /** What was rendered, its secrets by name; valid until the next is rendered. */
  RenderedRequest logical() {
    return logicalForm.request();
  }

  /** What is to be sent where a secret is in it, else {@code null}; valid as {@link #request}. */
  RenderedRequest secretly() {
    return isTainted ? wireForm.request() : null;
  }

  /** What is to be sent; valid until the next is rendered. */
  RenderedRequest request() {
    return isTainted ? wireForm.request() : logicalForm.request();
  }

  private void reserve(final int parts) {
    if (logicalEnds.length < parts) {
      logicalEnds = new int[parts];
      wireEnds = new int[parts];
    }
  }
}
