package io.lockstep.engine.transport.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lockstep.scenario.plan.Proxy.Kind;
import io.lockstep.scenario.plan.Proxy.Server;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A proxy with what it wants to know. Its password goes to the proxy and nowhere else: it is in no
 * text that this makes.
 */
public final class ProxyServer {
  private static final int MAX_BYTES = 255;

  private final Server server;
  private final boolean tunnels;
  private final byte[] user;
  private final byte[] password;

  /**
   * Describes one.
   *
   * @param tunnels whether it opens a way to the target, rather than speaking HTTP in its name
   * @param user empty where nobody is to be named
   */
  ProxyServer(
      final Server server, final boolean tunnels, final String user, final byte[] password) {
    this.server = server;
    this.tunnels = tunnels;
    this.user = user.getBytes(UTF_8);
    this.password = password.clone();
    final boolean isBare = this.user.length > 0 && this.password.length == 0;
    final boolean isLong = this.user.length > MAX_BYTES || this.password.length > MAX_BYTES;
    if (server.kind() != Kind.HTTP && (isBare || isLong)) {
      throw new RouteException(
          "a SOCKS proxy takes users and passwords of 1 to " + MAX_BYTES + " bytes (RFC 1929)");
    }
  }

  /** Where it is. */
  Server server() {
    return server;
  }

  /** Whether it opens a way to the target, over which that is spoken to as if it was near. */
  public boolean tunnels() {
    return tunnels;
  }

  /** Whether it wants the target's address, so that its name is looked up here. */
  boolean wantsAddress() {
    return server.kind() == Kind.SOCKS5;
  }

  boolean hasUser() {
    return user.length > 0;
  }

  byte[] user() {
    return user;
  }

  byte[] password() {
    return password;
  }

  /** A field that says who asks, with its end (RFC 7617); empty where nobody is to be named. */
  public String authorizationField() {
    if (!hasUser()) {
      return "";
    }
    return "Proxy-Authorization: Basic "
        + new String(Base64.getEncoder().encode(pair()), US_ASCII)
        + "\r\n";
  }

  /** What nobody else is to see: the password, and the user with it as HTTP writes them. */
  List<byte[]> confidences() {
    return password.length == 0
        ? List.of()
        : List.of(password.clone(), Base64.getEncoder().encode(pair()));
  }

  private byte[] pair() {
    final byte[] pair = Arrays.copyOf(user, user.length + 1 + password.length);
    pair[user.length] = ':';
    System.arraycopy(password, 0, pair, user.length + 1, password.length);
    return pair;
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return server.url();
  }
}
