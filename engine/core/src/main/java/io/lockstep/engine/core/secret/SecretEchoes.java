package io.lockstep.engine.core.secret;

import io.lockstep.engine.core.port.BodyDecoder;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.ResponseTools;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Masks what responses have of a live run's secrets, before the machine and its journal see them,
 * and puts a value back where a request takes its mark to the wire. A mark is put back only once
 * the target has sent the value itself, so it can get no value by a mark of its own making.
 *
 * <p>Looked for are all values of at least {@link Needles#MIN_BYTES} bytes, in the forms of {@link
 * SecretForms}, and what was made of secrets for the requests that a VU has under way. One per
 * shard, on its thread.
 */
public final class SecretEchoes {
  /** What was made of a secret becomes this, and stays so. */
  private static final byte[] MADE = "${secrets}".getBytes(StandardCharsets.UTF_8);

  private final SecretSource secrets;
  private final BodyMask bodies;
  private final Replacing masked;
  private final MarkRestorer restorer;
  private final Needles needles;

  /** By VU: what was made for the requests under way; {@code null} for nothing. */
  private final List<List<Needle>> madeByVu;

  /** By VU: the first request that they are of. */
  private final int[] firstSeqs;

  private SecretEchoes(
      final Plan plan, final SecretSource secrets, final BodyDecoder decoder, final int vus) {
    this.secrets = secrets;
    final SecretForms forms = new SecretForms();
    for (int i = 0; i < plan.secrets().size(); i++) {
      forms.add(i, plan.secrets().get(i), secrets.value(i));
    }
    needles = new Needles(forms.needles());
    masked = new Replacing(needles, this::onEcho);
    bodies = new BodyMask(needles, this::onEcho, decoder);
    restorer = new MarkRestorer(plan, new Needles(forms.marks()), secrets);
    madeByVu = new ArrayList<>(vus);
    for (int i = 0; i < vus; i++) {
      madeByVu.add(null);
    }
    firstSeqs = new int[vus];
  }

  /** {@code null} where no secret has a value. */
  public static SecretEchoes of(
      final Plan plan, final SecretSource secrets, final ResponseTools tools, final int vus) {
    return secrets.hasValues()
        ? new SecretEchoes(plan, secrets, plan.capturesAny() ? tools.decoder() : null, vus)
        : null;
  }

  private boolean onEcho(final Needle found) {
    if (found.secret() != Needle.NO_SECRET) {
      secrets.echoed(found.secret());
    }
    return true;
  }

  /** A VU is about to make requests, the first of which has a number. */
  public void begin(final int vu, final int requestSeq) {
    firstSeqs[vu] = requestSeq;
    final List<Needle> made = madeByVu.get(vu);
    if (made != null) {
      made.clear();
    }
  }

  /** A request that a VU makes holds a text that was made of a secret. */
  public void made(final int vu, final String text) {
    final byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (isCovered(plain)) {
      return;
    }
    List<Needle> made = madeByVu.get(vu);
    if (made == null) {
      made = new ArrayList<>();
      madeByVu.set(vu, made);
    }
    for (final String form : SecretForms.ofMade(text)) {
      final byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
      if (bytes.length >= Needles.MIN_BYTES) {
        made.add(new Needle(bytes, MADE, Needle.NO_SECRET));
      }
    }
  }

  /** Whether a secret is found in a text as a whole; the rest of the text is none then. */
  private boolean isCovered(final byte[] text) {
    for (int at = 0; at < text.length; at++) {
      final Needle found = needles.at(text, at, text.length);
      if (found != null && !SecretForms.isPiece(found)) {
        return true;
      }
    }
    return false;
  }

  /** A response or a failure is admitted: from now on it has no secrets. */
  public void admit(final int vu, final Completion completion) {
    final List<Needle> known = madeByVu.get(vu);
    final List<Needle> made = known == null ? List.of() : known;
    if (completion.reason != null) {
      completion.reason = masked(completion.reason, made);
    }
    if (completion.content.isCaptured()) {
      if (completion.requestSeq < firstSeqs[vu]) {
        completion.content.clear(); // nobody waits for it, and what was made for it is forgotten
      } else {
        bodies.mask(completion.content, made);
      }
    }
  }

  private String masked(final String reason, final List<Needle> made) {
    final byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    masked.clear();
    masked.append(bytes, 0, bytes.length, made, true);
    return masked.isFound()
        ? FailureReason.of(new String(masked.bytes(), 0, masked.length(), StandardCharsets.UTF_8))
        : reason;
  }

  /** What a response had before its secrets were masked, for nothing but the wire. */
  public String unmasked(final String text) {
    return restorer.restore(text);
  }

  /**
   * What goes to the wire: the request, with the values of the marks in it.
   *
   * @param index of the request in the plan
   * @param content {@code null} for what the plan says
   */
  public RenderedRequest sent(final int index, final RenderedRequest content) {
    return content == null ? null : restorer.restore(index, content);
  }
}
