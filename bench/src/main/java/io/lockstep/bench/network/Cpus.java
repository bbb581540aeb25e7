package io.lockstep.bench.network;

import java.util.ArrayList;
import java.util.List;

/** Which core the target gets and which the client. */
final class Cpus {
  private final boolean pinning;
  private final int last;

  Cpus(final int cores) {
    pinning = Tools.find("taskset") != null;
    last = cores - 1;
  }

  /** A command on the target's core. */
  List<String> target(final List<String> command) {
    return pinned(0, command);
  }

  /** A command on the client's core. */
  List<String> client(final List<String> command) {
    return pinned(last, command);
  }

  String describe() {
    if (!pinning) {
      return "no taskset here: neither nginx nor the clients are pinned";
    }
    return last == 0
        ? "one core only: nginx and the clients share it"
        : "nginx on core 0, clients on core " + last;
  }

  private List<String> pinned(final int cpu, final List<String> command) {
    if (!pinning) {
      return command;
    }
    final List<String> words = new ArrayList<>(List.of("taskset", "-c", String.valueOf(cpu)));
    words.addAll(command);
    return words;
  }
}
