package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.TextBuffer;
import io.lockstep.engine.core.port.AskedRequest;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.core.signing.AwsSignature;
import io.lockstep.scenario.plan.AwsHeaders;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Signs one of the plan's requests, each time it is sent: puts time, digest and signature in the
 * place of their names. A plan without a target, which can only be simulated, has one of its own.
 */
final class VuSigning {
  private static final Target NOWHERE = new Target(false, "simulated", 80, "");
  private static final String AUTHORIZATION = "Authorization";
  private static final String COOKIE = "Cookie";
  private static final long NS_PER_MS = 1_000_000;

  private final Logic.Signing signing;
  private final RequestPlan request;
  private final Target target;
  private final AwsSignature signature;

  /** Cookies that are kept join the request's own when it is signed already. */
  private final boolean keepsCookies;

  private final TextBuffer logical = new TextBuffer();
  private final TextBuffer accessKey = new TextBuffer();
  private final TextBuffer secretKey = new TextBuffer();

  VuSigning(final Plan plan, final RequestPlan request, final Logic.Signing signing) {
    this.signing = signing;
    this.request = request;
    target = plan.target() == null ? NOWHERE : plan.target();
    keepsCookies = plan.scenarios().get(request.scenario()).browsing().cookies();
    signature = new AwsSignature(signing.region(), signing.service());
  }

  /** Renders the keys; whether they came to texts, else the logic says why not. */
  boolean renderKeys(final VuLogic logic, final long visit, final VuScope scope) {
    return render(signing.accessKey(), logic, visit, scope, accessKey)
        && render(signing.secretKey(), logic, visit, scope, secretKey);
  }

  private boolean render(
      final Logic.Text text,
      final VuLogic logic,
      final long visit,
      final VuScope scope,
      final TextBuffer into) {
    if (!isText(text, logic, visit, scope, into)) {
      logic.failed();
      return false;
    }
    return true;
  }

  private boolean isText(
      final Logic.Text text,
      final VuLogic logic,
      final long visit,
      final VuScope scope,
      final TextBuffer into) {
    logical.clear();
    into.clear();
    return logic.evaluator().render(text.template(), text.site(), visit, scope, logical, into);
  }

  /**
   * Signs what a redirect leads to. Keys that come to no text any more leave it as it is, for the
   * target to refuse: it is the wire's alone.
   *
   * @return the signature; {@code null} where there is none.
   */
  String signAgain(final AskedRequest sent, final VuLogic logic, final VuScope scope) {
    if (isText(signing.accessKey(), logic, 0, scope, accessKey)
        && isText(signing.secretKey(), logic, 0, scope, secretKey)) {
      final String bodyDigest =
          sent.files().isEmpty() ? AwsSignature.digest(sent.body()) : sent.files().get(0).digest();
      final long nowMs = Math.floorDiv(scope.nowNs(), NS_PER_MS);
      final List<Header> headers = sent.headers();
      headers.replaceAll(header -> stamped(header, bodyDigest, nowMs));
      final String authorization =
          authorization(sent.method(), sent.path(), headers, bodyDigest, nowMs);
      headers.replaceAll(
          header ->
              header.name().equals(AUTHORIZATION)
                  ? new Header(AUTHORIZATION, authorization)
                  : header);
      return signature(authorization);
    }
    return null;
  }

  private static Header stamped(final Header header, final String bodyDigest, final long nowMs) {
    return switch (header.name()) {
      case AwsHeaders.DATE -> new Header(header.name(), AwsSignature.time(nowMs));
      case AwsHeaders.CONTENT_DIGEST -> new Header(header.name(), bodyDigest);
      default -> header;
    };
  }

  /**
   * Puts the signed request together.
   *
   * @param parts path, values of headers and body, one after the other
   * @param ends where each ends
   * @return the signature.
   */
  String assemble(
      final RequestRenderer out, final TextBuffer parts, final int[] ends, final long nowNs) {
    final int count = request.headers().size();
    final String path = text(parts.bytes(), 0, ends[0]);
    final List<BodyFile> files = request.sending().files();
    final byte[] body =
        Arrays.copyOfRange(parts.bytes(), ends[count], ends[count + 1 + files.size()]);
    final String bodyDigest =
        files.isEmpty() ? AwsSignature.digest(body) : files.get(0).digest(); // it is all there is
    final long nowMs = Math.floorDiv(nowNs, NS_PER_MS);
    final List<Header> headers = new ArrayList<>(count + 1);
    for (int i = 0; i < count; i++) {
      final String name = request.headers().get(i).name();
      final Header rendered = new Header(name, text(parts.bytes(), ends[i], ends[i + 1]));
      headers.add(stamped(rendered, bodyDigest, nowMs));
    }
    final String authorization = authorization(request.method(), path, headers, bodyDigest, nowMs);
    out.begin().text(request.method()).text(path).headers(count);
    for (final Header header : headers) {
      out.text(header.name())
          .text(header.name().equals(AUTHORIZATION) ? authorization : header.value());
    }
    out.text(body).files(files, VuRendering.positions(ends, count, files.size()));
    return signature(authorization);
  }

  private static String signature(final String authorization) {
    return authorization.substring(authorization.lastIndexOf('=') + 1);
  }

  /** What signs a request, with the keys that were rendered last. */
  private String authorization(
      final String method,
      final String path,
      final List<Header> headers,
      final String bodyDigest,
      final long nowMs) {
    final List<Header> signed = new ArrayList<>(headers);
    if (keepsCookies) {
      signed.removeIf(header -> header.name().equalsIgnoreCase(COOKIE));
    }
    signed.add(new Header("Host", target.authority()));
    return signature.authorization(
        new AwsSignature.Request(method, target.basePath() + path, signed, bodyDigest),
        text(accessKey.bytes(), 0, accessKey.length()),
        text(secretKey.bytes(), 0, secretKey.length()),
        nowMs);
  }

  private static String text(final byte[] bytes, final int from, final int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
