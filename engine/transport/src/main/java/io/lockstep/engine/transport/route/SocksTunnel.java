package io.lockstep.engine.transport.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;

/** Asks a SOCKS proxy for a connection to the target: RFC 1928, and RFC 1929 for who asks. */
final class SocksTunnel extends ProxyHandshake {
  private static final byte VERSION = 5;
  private static final byte NOBODY = 0;
  private static final byte USER = 2;
  private static final int NO_METHOD = 0xFF;
  private static final byte USER_VERSION = 1;
  private static final byte CONNECT = 1;
  private static final byte IPV4 = 1;
  private static final byte NAME = 3;
  private static final byte IPV6 = 4;

  private static final int CHOICE_BYTES = 2;
  private static final int REPLY_HEAD_BYTES = 5;
  private static final int REPLY_TYPE = 3;
  private static final int PORT_BYTES = 2;
  private static final int MAX_REPLY_BYTES = 4 + 1 + 255 + PORT_BYTES;

  /** By code, RFC 1928, section 6. */
  private static final String[] REPLIES = {
    "",
    "general failure",
    "connection not allowed by its rules",
    "network unreachable",
    "host unreachable",
    "connection refused",
    "TTL expired",
    "command not supported",
    "address type not supported"
  };

  private enum Awaited {
    METHOD,
    ADMISSION,
    REPLY
  }

  private final byte[] request;
  private final byte[] said = new byte[MAX_REPLY_BYTES];
  private int length;
  private Awaited awaited = Awaited.METHOD;

  SocksTunnel(final ProxyServer proxy, final byte[] request, final Listener listener) {
    super(proxy, listener);
    this.request = request;
  }

  /** What asks for a connection to a name. */
  static byte[] request(final String host, final int port) {
    final byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    if (address != null) {
      return request(address, port);
    }
    final byte[] name = host.getBytes(UTF_8);
    final byte[] counted = new byte[1 + name.length];
    counted[0] = (byte) name.length;
    System.arraycopy(name, 0, counted, 1, name.length);
    return request(NAME, counted, port);
  }

  /** What asks for a connection to an address. */
  static byte[] request(final byte[] address, final int port) {
    return request(address.length == 4 ? IPV4 : IPV6, address, port);
  }

  private static byte[] request(final byte type, final byte[] address, final int port) {
    final byte[] all = new byte[4 + address.length + PORT_BYTES];
    all[0] = VERSION;
    all[1] = CONNECT;
    all[REPLY_TYPE] = type;
    System.arraycopy(address, 0, all, 4, address.length);
    all[all.length - 2] = (byte) (port >> Byte.SIZE);
    all[all.length - 1] = (byte) port;
    return all;
  }

  @Override
  void start() {
    final byte[] greeting =
        proxy.hasUser() ? new byte[] {VERSION, 2, NOBODY, USER} : new byte[] {VERSION, 1, NOBODY};
    send(greeting, greeting.length);
  }

  @Override
  void receive(final ByteBuf in) {
    while (in.isReadable() && isUnderWay()) {
      final int wanted = wanted() - length;
      final int taken = Math.min(wanted, in.readableBytes());
      in.readBytes(said, length, taken);
      length += taken;
      if (length == wanted()) {
        take(in.isReadable());
      }
    }
  }

  /** How long what is awaited is, as far as that is known by now. */
  private int wanted() {
    if (awaited != Awaited.REPLY) {
      return CHOICE_BYTES;
    }
    if (length < REPLY_HEAD_BYTES || said[0] != VERSION || said[1] != 0) {
      return REPLY_HEAD_BYTES;
    }
    return REPLY_HEAD_BYTES
        + PORT_BYTES
        + switch (said[REPLY_TYPE]) {
          case IPV4 -> 4 - 1;
          case IPV6 -> 16 - 1;
          case NAME -> said[REPLY_HEAD_BYTES - 1] & 0xFF;
          default -> -PORT_BYTES;
        };
  }

  private void take(final boolean more) {
    switch (awaited) {
      case METHOD -> method();
      case ADMISSION -> admission();
      case REPLY -> reply(more);
    }
  }

  private void method() {
    final int method = said[1] & 0xFF;
    if (said[0] != VERSION) {
      broken();
    } else if (method == NOBODY) {
      await(Awaited.REPLY, request);
    } else if (method == USER && proxy.hasUser()) {
      await(Awaited.ADMISSION, admissionRequest());
    } else if (method == NO_METHOD) {
      fail(
          RequestOutcome.PROXY_AUTHENTICATION,
          "the proxy "
              + proxy
              + (proxy.hasUser()
                  ? " takes neither nobody nor a user with a password"
                  : " wants to know who asks, and no user is given"));
    } else {
      broken();
    }
  }

  private byte[] admissionRequest() {
    final byte[] user = proxy.user();
    final byte[] password = proxy.password();
    final byte[] all = new byte[3 + user.length + password.length];
    all[0] = USER_VERSION;
    all[1] = (byte) user.length;
    System.arraycopy(user, 0, all, 2, user.length);
    all[2 + user.length] = (byte) password.length;
    System.arraycopy(password, 0, all, 3 + user.length, password.length);
    return all;
  }

  private void admission() {
    if (said[1] == 0) {
      await(Awaited.REPLY, request);
    } else {
      fail(
          RequestOutcome.PROXY_AUTHENTICATION,
          "the proxy " + proxy + " did not take the user and the password");
    }
  }

  private void reply(final boolean more) {
    final int code = said[1] & 0xFF;
    if (said[0] != VERSION) {
      broken();
    } else if (code != 0) {
      fail(
          RequestOutcome.PROXY_REFUSED,
          "the proxy "
              + proxy
              + " says: "
              + (code < REPLIES.length ? REPLIES[code] : "failure " + code));
    } else if (said[REPLY_TYPE] != IPV4 && said[REPLY_TYPE] != IPV6 && said[REPLY_TYPE] != NAME) {
      broken();
    } else {
      succeed(more);
    }
  }

  private void await(final Awaited next, final byte[] message) {
    awaited = next;
    length = 0;
    send(message, message.length);
  }

  private void broken() {
    fail(
        RequestOutcome.PROXY_PROTOCOL,
        "what the proxy " + proxy + " answered is not of SOCKS version 5");
  }
}
