package io.lockstep.app.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a server listens for, each on a port of its own. */
enum Port {
  /** HTTP/1.1 without TLS. */
  PLAIN,
  /** HTTP/2 and HTTP/1.1 over TLS. */
  SECURE,
  /** HTTP/2 without TLS. */
  CLEAR2,
  /** HTTP/1.1, five requests for each connection. */
  LIMITED,
  /** HTTP/2 over TLS, five requests for each connection. */
  LIMITED2,
  /** Orders. */
  ADMIN;

  /** Ports that are free now, one for each. */
  static Map<Port, Integer> free() throws IOException {
    final Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    final List<ServerSocket> held = new ArrayList<>();
    try {
      for (final Port port : values()) {
        final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        numbers.put(port, socket.getLocalPort());
      }
    } finally {
      for (final ServerSocket socket : held) {
        socket.close();
      }
    }
    return numbers;
  }
}
