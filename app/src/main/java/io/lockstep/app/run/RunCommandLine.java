package io.lockstep.app.run;

import io.lockstep.scenario.document.LoadOptions;

/**
 * What the user asked for; {@code null} where nothing was said.
 *
 * @param file the scenario
 * @param loading what is laid over it
 * @param seed in place of the file's
 * @param simulate the target instead of asking it
 * @param target base URL in place of the file's
 * @param control file of an operator's commands
 * @param out directory of runs
 * @param name id of the run
 * @param json file for the summary, {@code -} for stdout
 * @param journal whether to keep one
 * @param quiet whether to show no progress
 * @param shards at least 1
 * @param threading shared or dedicated
 * @param idle spin, yield or backoff
 * @param cpus numbers and commas
 * @param network auto, epoll, io_uring or nio
 */
public record RunCommandLine(
    String file,
    LoadOptions loading,
    Long seed,
    boolean simulate,
    String target,
    String control,
    String out,
    String name,
    String json,
    boolean journal,
    boolean quiet,
    int shards,
    String threading,
    String idle,
    String cpus,
    String network) {}
