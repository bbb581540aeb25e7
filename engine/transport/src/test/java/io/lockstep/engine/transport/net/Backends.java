package io.lockstep.engine.transport.net;

import io.netty.channel.epoll.Epoll;
import java.util.ArrayList;
import java.util.List;

/** The backends that one suite of tests is run on: all that this machine has. */
final class Backends {
  private static final List<Backend> AVAILABLE = find();

  private Backends() {}

  /** Each that can be had here; what cannot was printed with its reason. */
  static List<Backend> available() {
    return AVAILABLE;
  }

  private static List<Backend> find() {
    final List<Backend> found = new ArrayList<>();
    if (Epoll.isAvailable()) {
      found.add(Backend.EPOLL);
    } else {
      System.out.println("not tested, epoll: " + Epoll.unavailabilityCause().getMessage());
    }
    final UringState uring = UringState.read();
    if (uring.isUsable()) {
      found.add(Backend.IO_URING);
    } else {
      System.out.println("not tested, io_uring: " + uring.reason());
    }
    found.add(Backend.NIO);
    return List.copyOf(found);
  }
}
