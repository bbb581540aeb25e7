package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.token.TokenException;
import io.lockstep.app.token.TokenKeeper;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;

/**
 * The values of a run's secrets, got once, as the run starts. Shows their names to anybody and
 * their values to the wire alone.
 */
final class Secrets implements SecretSource, AutoCloseable {
  static final int MAX_BYTES = 64 << 10;

  private static final String OTHERWISE = "; a secret is not needed with --simulate";

  private final List<String> names;

  /** {@code null} for one that is a token. */
  private final List<byte[]> values;

  private final AtomicIntegerArray echoes;

  /** {@code null} for one that is no token. */
  private final List<TokenKeeper> tokens;

  private final List<byte[]> unnamed;

  private Secrets(
      final List<String> names,
      final List<byte[]> values,
      final List<TokenKeeper> tokens,
      final List<byte[]> unnamed) {
    this.names = names;
    this.values = values;
    this.tokens = tokens;
    this.unnamed = unnamed;
    echoes = new AtomicIntegerArray(values.size());
  }

  /**
   * Gets the values.
   *
   * @param secrets in the plan's order
   * @param folder of the scenario file
   * @throws CommandException if one is not to be had.
   */
  static SecretSource resolve(
      final List<Secret> secrets, final Path folder, final Console console) {
    if (secrets.isEmpty()) {
      return NONE;
    }
    final List<byte[]> values = new ArrayList<>();
    for (final Secret secret : secrets) {
      values.add(value(secret, folder, console));
    }
    final List<String> names = secrets.stream().map(Secret::name).toList();
    final List<TokenKeeper> tokens = new ArrayList<>(Collections.nCopies(secrets.size(), null));
    final Secrets resolved = new Secrets(names, values, tokens, List.of());
    for (int i = 0; i < secrets.size(); i++) {
      if (secrets.get(i).origin() instanceof Secret.Token token) {
        tokens.set(i, resolved.begin(names.get(i), token, console));
      }
    }
    return resolved;
  }

  /**
   * The same, and what responses are not to show besides.
   *
   * @param secrets of {@link #resolve}, which is not to be used any more
   */
  static SecretSource with(final SecretSource secrets, final List<byte[]> unnamed) {
    if (unnamed.isEmpty()) {
      return secrets;
    }
    return secrets instanceof Secrets resolved
        ? new Secrets(resolved.names, resolved.values, resolved.tokens, unnamed)
        : new Secrets(List.of(), List.of(), List.of(), unnamed);
  }

  private static byte[] value(final Secret secret, final Path folder, final Console console) {
    if (secret.origin() instanceof Secret.Environment variable) {
      return fromEnvironment(secret.name(), variable.variable(), console);
    }
    return secret.origin() instanceof Secret.File file
        ? fromFile(secret.name(), folder.resolve(file.path()))
        : null;
  }

  private TokenKeeper begin(final String name, final Secret.Token token, final Console console) {
    final byte[] shown = values.get(names.indexOf(token.clientSecret()));
    try {
      return TokenKeeper.begin(
          name,
          token,
          new String(shown, StandardCharsets.UTF_8),
          warning -> console.err().println("warning: " + warning));
    } catch (final TokenException e) {
      close();
      throw refused(name, e.getMessage(), e);
    }
  }

  private static byte[] fromEnvironment(
      final String name, final String variable, final Console console) {
    final String value = console.environment().get(variable);
    if (value == null || value.isEmpty()) {
      throw refused(
          name,
          "the environment variable "
              + variable
              + (value == null ? " is not set" : " is empty")
              + "; set it before the run",
          null);
    }
    return checked(name, value.getBytes(StandardCharsets.UTF_8), "the variable " + variable);
  }

  private static byte[] fromFile(final String name, final Path file) {
    final byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      // One more for each byte of a line break, and one to see that there is too much.
      bytes = in.readNBytes(MAX_BYTES + 3);
    } catch (final NoSuchFileException e) {
      throw refused(name, "there is no file " + file, e);
    } catch (final AccessDeniedException e) {
      throw refused(name, "no permission to read " + file, e);
    } catch (final IOException e) {
      throw refused(name, file + " cannot be read: " + e.getMessage(), e);
    }
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && end < bytes.length && bytes[end - 1] == '\r') {
      end--;
    }
    if (end == 0) {
      throw refused(name, "the file " + file + " is empty", null);
    }
    return checked(name, Arrays.copyOf(bytes, end), "the file " + file);
  }

  private static byte[] checked(final String name, final byte[] value, final String origin) {
    if (value.length > MAX_BYTES) {
      throw refused(
          name, String.format(Locale.ROOT, "%s has more than %,d bytes", origin, MAX_BYTES), null);
    }
    return value;
  }

  private static CommandException refused(
      final String name, final String reason, final Throwable cause) {
    final String message = "the secret '" + name + "' has no value: " + reason + OTHERWISE;
    return cause == null ? CommandException.usage(message) : CommandException.usage(message, cause);
  }

  @Override
  public boolean hasValues() {
    return !values.isEmpty();
  }

  @Override
  public List<byte[]> unnamed() {
    return unnamed;
  }

  @Override
  public byte[] value(final int secret) {
    return values.get(secret) == null
        ? text(secret).getBytes(StandardCharsets.UTF_8)
        : values.get(secret);
  }

  @Override
  public boolean changes(final int secret) {
    return tokens.get(secret) != null;
  }

  @Override
  public String text(final int secret) {
    return tokens.get(secret) == null ? SecretSource.super.text(secret) : tokens.get(secret).text();
  }

  /** No token is renewed any more. */
  @Override
  public void close() {
    tokens.stream().filter(Objects::nonNull).forEach(TokenKeeper::close);
  }

  @Override
  public void echoed(final int secret) {
    echoes.set(secret, 1);
  }

  @Override
  public boolean isEchoed(final int secret) {
    return echoes.get(secret) != 0;
  }

  @Override
  public String toString() {
    return names.stream().collect(Collectors.joining(", ", "secrets ", ""));
  }
}
