package io.lockstep.engine.content;

import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.core.port.BodyDecoder;
import io.lockstep.engine.core.port.ResponseView;

/** Bodies out of their content codings, as what reads responses sees them. */
final class OpenedBody implements BodyDecoder {
  private final ResponseView view = new ResponseView();
  private final Content content = new Content();

  @Override
  public boolean decode(final io.lockstep.engine.core.port.Content kept) {
    view.clear();
    view.head = kept.head();
    view.headOffset = kept.headOffset();
    view.headLength = kept.headLength();
    view.body = kept.body();
    view.bodyOffset = kept.bodyOffset();
    view.bodyLength = kept.keptLength();
    view.bodyComplete = !kept.isTruncated();
    content.begin(view);
    return content.header("content-encoding") != null;
  }

  @Override
  public boolean isDecoded() {
    return content.isDecoded();
  }

  @Override
  public boolean isWhole() {
    return content.isComplete();
  }

  @Override
  public byte[] bytes() {
    return content.bytes();
  }

  @Override
  public int offset() {
    return content.offset();
  }

  @Override
  public int length() {
    return content.length();
  }
}
