package io.lockstep.app.token;

import io.lockstep.scenario.model.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Keeps one token good: fetches it before a run, and another in time before it ends, on a thread of
 * its own. Where that fails it says so, tries again, and goes on with the old one, even after its
 * end. The token itself may be read on any thread.
 */
public final class TokenKeeper implements AutoCloseable {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final String name;
  private final Secret.Token asked;
  private final TokenClient client;
  private final Consumer<String> warnings;
  private final ScheduledExecutorService thread;
  private Duration retry = FIRST_RETRY;
  private long endNs;
  private boolean ends;
  private boolean warned;
  private boolean told;
  private volatile String text;
  private final AtomicInteger fetched = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  private TokenKeeper(
      final String name,
      final Secret.Token asked,
      final String clientSecret,
      final Consumer<String> warnings) {
    this.name = name;
    this.asked = asked;
    this.warnings = warnings;
    client = new TokenClient(asked, clientSecret);
    thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              final Thread made = new Thread(work, "token-" + name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Fetches the first token, and keeps it good from then on.
   *
   * @param name of the secret that it is the value of
   * @param warnings told, in a sentence each, of what goes wrong later
   * @throws TokenException if there is none to begin with.
   */
  public static TokenKeeper begin(
      final String name,
      final Secret.Token asked,
      final String clientSecret,
      final Consumer<String> warnings)
      throws TokenException {
    final TokenKeeper keeper = new TokenKeeper(name, asked, clientSecret, warnings);
    try {
      keeper.take(keeper.client.fetch());
      return keeper;
    } catch (final TokenException e) {
      keeper.close();
      throw e;
    }
  }

  /** The token that requests show now. */
  public String text() {
    return text;
  }

  /** How many tokens were fetched. */
  public int fetched() {
    return fetched.get();
  }

  /** How many times there was none to be had. */
  public int failed() {
    return failed.get();
  }

  private void take(final Token token) {
    text = token.text();
    fetched.incrementAndGet();
    retry = FIRST_RETRY;
    warned = false;
    told = false;
    final Optional<Duration> life = token.life();
    ends = life.isPresent();
    if (ends) {
      endNs = System.nanoTime() + life.get().toNanos();
      schedule(life.get().minus(margin(life.get())));
    }
  }

  /** Short tokens are renewed after half of their time at the latest. */
  private Duration margin(final Duration life) {
    final Duration wanted = Duration.ofNanos(asked.renewBeforeNs());
    final Duration half = life.dividedBy(2);
    return wanted.compareTo(half) < 0 ? wanted : half;
  }

  private void schedule(final Duration in) {
    if (!thread.isShutdown()) {
      thread.schedule(this::renew, in.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void renew() {
    try {
      take(client.fetch());
    } catch (final TokenException | RuntimeException e) {
      if (!thread.isShutdown()) {
        fail(e);
      }
    }
  }

  private void fail(final Exception e) {
    failed.incrementAndGet();
    final boolean over = ends && System.nanoTime() - endNs >= 0;
    if (!warned || (over && !told)) {
      warned = true;
      told |= over;
      warnings.accept(
          String.format(
              Locale.ROOT,
              "the token '%s' cannot be renewed: %s; %s",
              name,
              e.getMessage(),
              over
                  ? "it has ended, and requests go on with it"
                  : "requests go on with it until it ends"));
    }
    schedule(retry);
    retry = retry.multipliedBy(2);
    retry = retry.compareTo(LONGEST_RETRY) < 0 ? retry : LONGEST_RETRY;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    if (failed.get() > 0) {
      warnings.accept(
          String.format(
              Locale.ROOT,
              "the token '%s' was fetched %d times, and %d times that failed",
              name,
              fetched.get(),
              failed.get()));
    }
  }

  @Override
  public String toString() {
    return "token " + name;
  }
}
