package io.lockstep.app.token;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The body of an answer, which fails where there is more of it than a token can need. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
  private final HttpResponse.BodySubscriber<byte[]> kept;
  private Flow.Subscription subscription;
  private long left = TokenClient.MAX_BYTES;

  LimitedBody(final HttpResponse.BodySubscriber<byte[]> kept) {
    this.kept = kept;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return kept.getBody();
  }

  @Override
  public void onSubscribe(final Flow.Subscription begun) {
    subscription = begun;
    kept.onSubscribe(begun);
  }

  @Override
  public void onNext(final List<ByteBuffer> buffers) {
    if (left < 0) {
      return;
    }
    left -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (left < 0) {
      subscription.cancel();
      kept.onError(new IOException("the answer has more than " + TokenClient.MAX_BYTES + " bytes"));
    } else {
      kept.onNext(buffers);
    }
  }

  @Override
  public void onError(final Throwable cause) {
    kept.onError(cause);
  }

  @Override
  public void onComplete() {
    if (left >= 0) {
      kept.onComplete();
    }
  }
}
