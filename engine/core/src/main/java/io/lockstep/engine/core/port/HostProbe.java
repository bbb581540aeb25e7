package io.lockstep.engine.core.port;

/**
 * Reads what the system tells of this process, its threads and the machine. Used at the start and
 * at the end of a live run, never in between.
 */
public interface HostProbe {
  /** Of a figure that the system does not tell. */
  long UNKNOWN = -1;

  /** Tells nothing. */
  HostProbe NONE =
      new HostProbe() {
        @Override
        public ThreadProbe currentThread() {
          return () -> ThreadCounts.UNKNOWN;
        }

        @Override
        public HostCounts counts() {
          return HostCounts.UNKNOWN;
        }
      };

  /**
   * A reader of the calling thread's counters, to be asked from any thread while that one lives.
   */
  ThreadProbe currentThread();

  /** The counters of the JVM and the machine now. */
  HostCounts counts();

  /** Reads one thread's counters. */
  @FunctionalInterface
  interface ThreadProbe {
    /** Since the thread began. */
    ThreadCounts read();
  }

  /**
   * What the system counts of a thread.
   *
   * @param waitNs time for which it was ready to run and had no CPU
   * @param slices how often it was given a CPU
   * @param preemptions how often a CPU was taken from it
   */
  record ThreadCounts(long waitNs, long slices, long preemptions) {
    /** Nothing is known. */
    public static final ThreadCounts UNKNOWN =
        new ThreadCounts(HostProbe.UNKNOWN, HostProbe.UNKNOWN, HostProbe.UNKNOWN);

    /** What has come on top since an earlier reading, which is 0 where the thread had not begun. */
    public ThreadCounts since(final ThreadCounts before) {
      return new ThreadCounts(
          grown(before.waitNs, waitNs),
          grown(before.slices, slices),
          grown(before.preemptions, preemptions));
    }

    private static long grown(final long before, final long now) {
      return now == HostProbe.UNKNOWN ? HostProbe.UNKNOWN : Math.max(0, now - Math.max(0, before));
    }
  }

  /**
   * Counters that only ever grow.
   *
   * @param safepoints stops of all threads of this JVM
   * @param safepointNs time in them
   * @param stolenNs CPU that the hypervisor gave to other machines
   * @param machineCpuNs CPU that all processes of the machine used
   * @param segmentsSent TCP segments of the whole system
   * @param segmentsRetransmitted of these, those that were sent again
   */
  record HostCounts(
      long safepoints,
      long safepointNs,
      long stolenNs,
      long machineCpuNs,
      long segmentsSent,
      long segmentsRetransmitted) {
    /** Nothing is known. */
    public static final HostCounts UNKNOWN =
        new HostCounts(
            HostProbe.UNKNOWN,
            HostProbe.UNKNOWN,
            HostProbe.UNKNOWN,
            HostProbe.UNKNOWN,
            HostProbe.UNKNOWN,
            HostProbe.UNKNOWN);

    /** What has come on top since an earlier reading. */
    public HostCounts since(final HostCounts before) {
      return new HostCounts(
          grown(before.safepoints, safepoints),
          grown(before.safepointNs, safepointNs),
          grown(before.stolenNs, stolenNs),
          grown(before.machineCpuNs, machineCpuNs),
          grown(before.segmentsSent, segmentsSent),
          grown(before.segmentsRetransmitted, segmentsRetransmitted));
    }

    private static long grown(final long before, final long now) {
      return before == HostProbe.UNKNOWN || now == HostProbe.UNKNOWN
          ? HostProbe.UNKNOWN
          : Math.max(0, now - before);
    }
  }
}
