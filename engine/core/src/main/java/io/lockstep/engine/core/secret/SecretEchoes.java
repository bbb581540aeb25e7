package io.lockstep.engine.core.secret;

import io.lockstep.engine.core.port.BodyDecoder;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.ResponseTools;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Masks what responses have of a live run's secrets, before the machine and its journal see them,
 * and puts a value back where a request takes its mark to the wire. A mark is put back only once
 * the target has sent the value itself, so it can get no value by a mark of its own making.
 *
 * <p>Looked for are all values of at least {@link Needles#MIN_BYTES} bytes, in the forms of {@link
 * SecretForms}, and what was made of secrets for the requests that a VU has under way. Of a value
 * that is renewed, the last few are looked for, and the newest is put back. One per shard, on its
 * thread.
 */
public final class SecretEchoes {
  /** What was made of a secret becomes this, and stays so. */
  private static final byte[] MADE = "${secrets}".getBytes(StandardCharsets.UTF_8);

  /** What stands at the end of a text that was cut, or cut in the middle of a character. */
  private static final String CUT = "\u2026\uFFFD";

  /** How many values of one that is renewed are looked for. */
  private static final int MAX_VALUES = 8;

  private final Plan plan;
  private final SecretSource secrets;
  private final BodyMask bodies;
  private final Replacing masked;
  private final MarkRestorer restorer;
  private Needles needles;

  /** By secret, the newest first; one that is never renewed has one. */
  private final List<Deque<String>> values;

  /** By VU: what was made for the requests under way; {@code null} for nothing. */
  private final List<List<Needle>> madeByVu;

  /** By VU: the first request that they are of. */
  private final int[] firstSeqs;

  private SecretEchoes(
      final Plan plan, final SecretSource secrets, final BodyDecoder decoder, final int vus) {
    this.plan = plan;
    this.secrets = secrets;
    values = new ArrayList<>();
    for (int i = 0; i < plan.secrets().size(); i++) {
      values.add(new ArrayDeque<>());
      if (secrets.changes(i)) {
        values.get(i).add(secrets.text(i));
      }
    }
    final SecretForms forms = forms();
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

  /** {@code null} where there is nothing to look for. */
  public static SecretEchoes of(
      final Plan plan, final SecretSource secrets, final ResponseTools tools, final int vus) {
    return secrets.hasValues() || !secrets.unnamed().isEmpty()
        ? new SecretEchoes(plan, secrets, plan.capturesAny() ? tools.decoder() : null, vus)
        : null;
  }

  /** Of all values; the newest first, since the first of several forms with one mark counts. */
  private SecretForms forms() {
    final SecretForms forms = new SecretForms();
    for (int i = 0; i < values.size(); i++) {
      final String name = plan.secrets().get(i);
      if (secrets.changes(i)) {
        for (final String value : values.get(i)) {
          forms.add(i, name, value.getBytes(StandardCharsets.UTF_8));
        }
      } else {
        forms.add(i, name, secrets.value(i));
      }
    }
    secrets.unnamed().forEach(value -> forms.addUnnamed(value, MADE));
    return forms;
  }

  /** Looks for renewed values too, as soon as a request or a response may have them. */
  private void renew() {
    boolean isRenewed = false;
    for (int i = 0; i < values.size(); i++) {
      if (secrets.changes(i)) {
        isRenewed |= isRenewed(values.get(i), secrets.text(i));
      }
    }
    if (isRenewed) {
      final SecretForms forms = forms();
      needles = new Needles(forms.needles());
      masked.lookFor(needles);
      bodies.lookFor(needles);
      restorer.lookFor(new Needles(forms.marks()));
    }
  }

  private static boolean isRenewed(final Deque<String> known, final String value) {
    if (value.equals(known.getFirst())) {
      return false;
    }
    known.remove(value);
    known.addFirst(value);
    if (known.size() > MAX_VALUES) {
      known.removeLast();
    }
    return true;
  }

  private boolean onEcho(final Needle found) {
    if (found.secret() != Needle.NO_SECRET) {
      secrets.echoed(found.secret());
    }
    return true;
  }

  /** A VU is about to make requests, the first of which has a number. */
  public void begin(final int vu, final int requestSeq) {
    renew();
    firstSeqs[vu] = requestSeq;
    final List<Needle> made = madeByVu.get(vu);
    if (made != null) {
      made.clear();
    }
  }

  /**
   * A request that a VU makes holds a text that was made of a secret. What is left of it beside
   * whole secrets may be made of others.
   *
   * @param shown the text with secrets by name: what it has as it is tells nothing
   */
  public void made(final int vu, final String text, final String shown) {
    renew();
    final byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    int at = 0;
    while (at < plain.length) {
      final Needle found = needles.at(plain, at, plain.length);
      if (found == null || SecretForms.isPiece(found)) {
        at++;
      } else {
        addMade(vu, new String(plain, from, at - from, StandardCharsets.UTF_8), shown);
        at += found.bytes().length;
        from = at;
      }
    }
    addMade(vu, new String(plain, from, plain.length - from, StandardCharsets.UTF_8), shown);
  }

  private void addMade(final int vu, final String text, final String shown) {
    if (shown.contains(text)) {
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

  /** A response or a failure is admitted: from now on it has no secrets. */
  public void admit(final int vu, final Completion completion) {
    renew();
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
    int end = reason.length();
    while (end > 0 && CUT.indexOf(reason.charAt(end - 1)) >= 0) {
      end--;
    }
    final byte[] bytes = reason.substring(0, end).getBytes(StandardCharsets.UTF_8);
    masked.clear();
    masked.append(bytes, 0, bytes.length, made, true);
    return masked.isFound()
        ? FailureReason.of(
            new String(masked.bytes(), 0, masked.length(), StandardCharsets.UTF_8)
                + reason.substring(end))
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
