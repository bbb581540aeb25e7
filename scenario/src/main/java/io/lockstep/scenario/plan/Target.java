package io.lockstep.scenario.plan;

/**
 * Where requests go.
 *
 * @param secure whether by TLS
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param basePath put before each request's path; empty or starting with a slash, never ending with
 *     one
 */
public record Target(boolean secure, String host, int port, String basePath) {
  /** As in a Host header: the port only where it is not the scheme's own. */
  public String authority() {
    final String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }
}
