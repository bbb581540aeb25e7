package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Base URL of the target. */
final class TargetType implements Type<Target> {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_HOST = 253;
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private static final TextType TEXT =
      new TextType("a URL such as http://127.0.0.1:8080/base", false, url -> Optional.empty());

  @Override
  public String expected() {
    return TEXT.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.of("URL", "string").with("pattern", "^[Hh][Tt][Tt][Pp][Ss]?:");
  }

  @Override
  public Target read(final Node node, final Reading in) {
    final String text = TEXT.read(node, in);
    return text == null ? null : parse(text, node, in);
  }

  private Target parse(final String text, final Node node, final Reading in) {
    final URI uri;
    try {
      uri = new URI(text);
    } catch (final URISyntaxException e) {
      return in.badConstant(
          node,
          "the target is not a URL: " + e.getReason().toLowerCase(Locale.ROOT),
          "expected " + expected());
    }
    if (!"http".equalsIgnoreCase(uri.getScheme()) && !isSecure(uri)) {
      return in.badConstant(
          node, "the target must start with http:// or https://", "expected " + expected());
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
      return in.badConstant(
          node,
          "the target has more than host, port and path",
          "put a query into the requests' paths, and credentials into an Authorization header");
    }
    return parts(uri, node, in);
  }

  private Target parts(final URI uri, final Node node, final Reading in) {
    final String host = host(uri);
    if (host == null) {
      return in.badConstant(
          node,
          "the target has no usable host name",
          "expected " + expected(),
          "letters, digits, `_`, `-` and `.`; other letters in their xn-- form");
    }
    final int port = port(uri);
    if (port < 1 || port > MAX_PORT) {
      return in.badConstant(node, "the target's port is not one from 1 to " + MAX_PORT);
    }
    String base = uri.getRawPath() == null ? "" : uri.getRawPath();
    while (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
    if (!base.isEmpty() && HttpRules.pathFault(base).isPresent()) {
      return in.badConstant(node, "the target's path " + HttpRules.pathFault(base).get());
    }
    return new Target(isSecure(uri), host.toLowerCase(Locale.ROOT), port, base);
  }

  /** {@link URI} refuses an underscore in a host name, but knows the authority. */
  private static String host(final URI uri) {
    if (uri.getHost() != null) {
      final String host = uri.getHost();
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
    final String authority = uri.getRawAuthority();
    if (authority == null) {
      return null;
    }
    final String name = authority.replaceFirst(":[0-9]*$", "");
    return HOST_NAME.matcher(name).matches() && name.length() <= MAX_HOST ? name : null;
  }

  private static boolean isSecure(final URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static int defaultPort(final URI uri) {
    return isSecure(uri) ? HTTPS_PORT : HTTP_PORT;
  }

  private static int port(final URI uri) {
    if (uri.getHost() != null) {
      return uri.getPort() == -1 ? defaultPort(uri) : uri.getPort();
    }
    final int colon = uri.getRawAuthority().lastIndexOf(':');
    final String digits = colon < 0 ? "" : uri.getRawAuthority().substring(colon + 1);
    return digits.isEmpty() ? defaultPort(uri) : digits.length() > 5 ? 0 : Integer.parseInt(digits);
  }
}
