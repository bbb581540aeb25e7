package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport.CompletionHandler;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Client CPU per request, closed loop, 64 connections, against nginx on core 0; run this JVM on
 * core 1: {@code taskset -c 1 java … NginxBench}. wrk, epoll and nio take turns. CPU is user and
 * system time: of the thread that polls, and of the process of wrk.
 */
final class NginxBench {
  private static final int CONNECTIONS = 64;
  private static final long WARM_UP_REQUESTS = 100_000;
  private static final long TICKS_PER_SECOND = 100;

  private NginxBench() {}

  public static void main(final String[] args) throws Exception {
    final int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    final int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    final boolean withWrk = args.length < 3;
    try (NginxServer nginx = NginxServer.start(1_000_000_000, List.of("taskset", "-c", "0"))) {
      for (int round = 0; round < rounds; round++) {
        if (withWrk) {
          wrk(nginx.port(), seconds);
        }
        for (final Backend backend : List.of(Backend.EPOLL, Backend.NIO)) {
          run(nginx.port(), backend, "await", t -> t.await(1_000_000), seconds);
          run(nginx.port(), backend, "park ", t -> LockSupport.parkNanos(50_000), seconds);
        }
      }
    }
  }

  private static void wrk(final int port, final int seconds) throws Exception {
    final Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "taskset -c 1 wrk -t1 -c"
                    + CONNECTIONS
                    + " -d"
                    + seconds
                    + "s http://127.0.0.1:"
                    + port
                    + "/ ; cat /proc/$$/stat")
            .redirectErrorStream(true)
            .start();
    final String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    final Matcher matcher = Pattern.compile("(\\d+) requests in").matcher(output);
    if (!matcher.find()) {
      throw new IOException("wrk said: " + output);
    }
    final long requests = Long.parseLong(matcher.group(1));
    final String stat = output.substring(output.lastIndexOf(") ") + 2);
    final String[] fields = stat.split(" ", -1);
    // The children's user and system time: fields 16 and 17 of the line, 14 and 15 after the name.
    final long ticks = Long.parseLong(fields[13]) + Long.parseLong(fields[14].trim());
    final long nsPerTick = 1_000_000_000L / TICKS_PER_SECOND;
    final long userNs = Long.parseLong(fields[13]) * nsPerTick;
    print("wrk", "", requests, seconds, ticks * nsPerTick, userNs, 0);
  }

  private static void run(
      final int port,
      final Backend backend,
      final String idle,
      final Consumer<NetworkTransport> idler,
      final int seconds)
      throws InterruptedException {
    final Thread thread =
        new FastThreadLocalThread(() -> loop(port, backend, idle, idler, seconds));
    thread.start();
    thread.join();
  }

  private static void loop(
      final int port,
      final Backend backend,
      final String idle,
      final Consumer<NetworkTransport> idler,
      final int seconds) {
    final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    try (Driver driver = new Driver(Plans.of(port, CONNECTIONS, 0, Plans.get(0, "/")), backend)) {
      final Loop handler = new Loop(driver.transport);
      for (int vu = 0; vu < CONNECTIONS; vu++) {
        driver.transport.send(vu, 0, 0, 0, 0, 0, null);
      }
      final long warmUntilNs = System.nanoTime() + 2_000_000_000L;
      while (handler.count < WARM_UP_REQUESTS || System.nanoTime() < warmUntilNs) {
        poll(driver.transport, handler, idler, System.nanoTime() + 100_000_000L);
      }
      final long warm = handler.count;
      final long cpuNs = threads.getCurrentThreadCpuTime();
      final long userNs = threads.getCurrentThreadUserTime();
      final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      poll(driver.transport, handler, idler, System.nanoTime() + seconds * 1_000_000_000L);
      final long usedNs = threads.getCurrentThreadCpuTime() - cpuNs;
      final long usedUserNs = threads.getCurrentThreadUserTime() - userNs;
      final long bytes =
          threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
      print(backend.name(), idle, handler.count - warm, seconds, usedNs, usedUserNs, bytes);
    }
  }

  private static void poll(
      final NetworkTransport transport,
      final CompletionHandler handler,
      final Consumer<NetworkTransport> idler,
      final long untilNs) {
    while (System.nanoTime() < untilNs) {
      if (transport.poll(0, handler, 64) == 0) {
        idler.accept(transport);
      }
    }
  }

  private static void print(
      final String what,
      final String idle,
      final long requests,
      final int seconds,
      final long cpuNs,
      final long userNs,
      final long bytes) {
    System.out.printf(
        Locale.ROOT,
        "%-6s %-6s %,10d req/s  %6.2f us CPU/request, %5.2f of it user  %6.1f B/request%n",
        what,
        idle,
        requests / seconds,
        cpuNs / 1e3 / requests,
        userNs / 1e3 / requests,
        (double) bytes / requests);
  }

  private static final class Loop implements CompletionHandler {
    private final NetworkTransport transport;
    private long count;

    private Loop(final NetworkTransport transport) {
      this.transport = transport;
    }

    @Override
    public void onCompletion(final Completion completion) {
      if (completion.outcome != RequestOutcome.RESPONSE || completion.status != 200) {
        throw new IllegalStateException("got " + completion.outcome + " " + completion.status);
      }
      count++;
      transport.send(completion.vu, 0, completion.requestSeq + 1, 0, 0, 0, null);
    }
  }
}
