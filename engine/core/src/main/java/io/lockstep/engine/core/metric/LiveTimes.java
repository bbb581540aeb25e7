package io.lockstep.engine.core.metric;

/** Sees the times of each complete response as they come, for a view of a run in progress. */
@FunctionalInterface
public interface LiveTimes {
  /** Nobody looks. */
  LiveTimes NONE = (serviceNs, responseNs) -> {};

  /** Called on the shard's thread. */
  void onResponse(long serviceNs, long responseNs);
}
