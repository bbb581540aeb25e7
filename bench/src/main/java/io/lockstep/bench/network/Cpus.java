package io.lockstep.bench.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Of the machine: this JVM may have been given fewer, the clients are pinned by themselves. */
  static int cores() throws IOException {
    final Path online = Path.of("/sys/devices/system/cpu/online");
    if (!Files.isReadable(online)) {
      return Runtime.getRuntime().availableProcessors();
    }
    final String text = Files.readString(online, StandardCharsets.US_ASCII).trim();
    return Integer.parseInt(text.substring(Math.max(text.indexOf('-'), text.indexOf(',')) + 1)) + 1;
  }

  /** The number of the clients' core. */
  String lastCore() {
    return String.valueOf(last);
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
