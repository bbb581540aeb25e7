package io.lockstep.bench.network;

import io.lockstep.bench.measure.Report;
import io.lockstep.engine.transport.net.UringState;
import java.util.List;

/** The backends that are measured side by side. */
final class Networks {
  static final String URING = "io_uring";

  private Networks() {}

  /** Those that can be had here; says why another cannot. */
  static List<String> available(final Report report) {
    final UringState uring = UringState.read();
    if (uring.isUsable()) {
      return List.of("epoll", URING);
    }
    report.note("without io_uring: " + uring.reason());
    return List.of("epoll");
  }
}
