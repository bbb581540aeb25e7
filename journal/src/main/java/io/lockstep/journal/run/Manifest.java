package io.lockstep.journal.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.lockstep.journal.block.ShardSeal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code run.json}: what was run, on what, and what came of it. Written as {@link State#RUNNING}
 * before the first event and again when the run has ended; a run whose manifest still says running
 * and whose directory nobody holds was killed.
 *
 * @param formatVersion of the run directory
 * @param runId of the run
 * @param state where the run stands
 * @param planName as the scenario file names it
 * @param planDigest of the compiled plan, hexadecimal
 * @param seed of the run
 * @param transport what carried the requests
 * @param shards machines that shared nothing
 * @param threading how many threads a shard had
 * @param tickNs length of a tick
 * @param engineVersion version of Lockstep
 * @param jdk that it ran on
 * @param os that it ran on
 * @param cores that it might use
 * @param startedAt wall-clock start, ISO 8601 in UTC
 * @param options of the command that shaped the run, by name
 * @param files SHA-256 of every other file of the directory that must not change, by its path in it
 * @param data where the data of each feeder is, by its name; feeders whose rows stand in the
 *     scenario file have none
 * @param parts what was begun of a run that does something around its load, by the name of the
 *     part; empty for other runs
 * @param result {@code null} while the run goes on
 */
@JsonPropertyOrder({
  "formatVersion",
  "runId",
  "state",
  "planName",
  "planDigest",
  "seed",
  "transport",
  "shards",
  "threading",
  "tickNs",
  "engineVersion",
  "jdk",
  "os",
  "cores",
  "startedAt",
  "options",
  "files",
  "data",
  "parts",
  "result"
})
public record Manifest(
    int formatVersion,
    String runId,
    State state,
    String planName,
    String planDigest,
    long seed,
    String transport,
    int shards,
    String threading,
    long tickNs,
    String engineVersion,
    String jdk,
    String os,
    int cores,
    String startedAt,
    Map<String, String> options,
    Map<String, String> files,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, DataFile> data,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Part> parts,
    Result result) {
  /** The format that this code writes, and the newest that it reads. */
  public static final int FORMAT_VERSION = 1;

  /** Where a run stands. */
  public enum State {
    /** Begun, and not closed. */
    RUNNING,
    /** Closed properly, whatever its outcome. */
    CLOSED,
    /** Its journal could not be written to the end. */
    FAILED
  }

  /**
   * Data of a feeder.
   *
   * @param copy path in the run's directory of the copy; where there is none, the original may be
   *     put there
   * @param original absolute path of the file itself where it was too large to be copied, else
   *     empty
   * @param sha256 of the file, hexadecimal
   * @param bytes its length
   */
  @JsonPropertyOrder({"copy", "original", "sha256", "bytes"})
  public record DataFile(String copy, String original, String sha256, long bytes) {
    /** Whether the run's directory has the data. */
    @JsonIgnore
    public boolean isCopied() {
      return original.isEmpty();
    }
  }

  /**
   * A part of a run: what is done before its load, the load, or what is done after it.
   *
   * @param startedAt wall-clock start, ISO 8601 in UTC
   * @param planDigest of the part's own plan, hexadecimal
   * @param journal of the part, once it is closed; {@code null} before, and for the load, whose
   *     journals are those of the result
   */
  @JsonPropertyOrder({"startedAt", "planDigest", "journal"})
  public record Part(
      String startedAt,
      String planDigest,
      @JsonInclude(JsonInclude.Include.NON_NULL) ShardSeal journal) {
    /** The same, its journal closed. */
    public Part sealed(final ShardSeal seal) {
      return new Part(startedAt, planDigest, seal);
    }
  }

  /**
   * What came of a run.
   *
   * @param outcome how it ended
   * @param generationDigest what was asked, hexadecimal
   * @param journalDigest what was recorded: SHA-256 over the chain digests of the journals
   * @param events in all journals
   * @param journals in the order of the shards
   */
  @JsonPropertyOrder({"outcome", "generationDigest", "journalDigest", "events", "journals"})
  public record Result(
      String outcome,
      String generationDigest,
      String journalDigest,
      long events,
      List<ShardSeal> journals) {
    /** Keeps the journals in the order of the shards. */
    public Result {
      journals = List.copyOf(journals);
    }
  }

  /** Keeps options, files and data in the order of their names. */
  public Manifest {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    // Manifests of runs without data say nothing of it.
    data = data == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(data));
    parts = parts == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parts));
  }

  /** Of a run that is all load. */
  public Manifest(
      final int formatVersion,
      final String runId,
      final State state,
      final String planName,
      final String planDigest,
      final long seed,
      final String transport,
      final int shards,
      final String threading,
      final long tickNs,
      final String engineVersion,
      final String jdk,
      final String os,
      final int cores,
      final String startedAt,
      final Map<String, String> options,
      final Map<String, String> files,
      final Map<String, DataFile> data,
      final Result result) {
    this(
        formatVersion,
        runId,
        state,
        planName,
        planDigest,
        seed,
        transport,
        shards,
        threading,
        tickNs,
        engineVersion,
        jdk,
        os,
        cores,
        startedAt,
        options,
        files,
        data,
        Map.of(),
        result);
  }

  /** The same run, ended. */
  public Manifest ended(
      final State newState, final Map<String, String> newFiles, final Result newResult) {
    return with(newState, planDigest, shards, startedAt, newFiles, parts, newResult);
  }

  /** The same run, begun at another time. */
  public Manifest startedAt(final String newStartedAt) {
    return with(state, planDigest, shards, newStartedAt, files, parts, result);
  }

  /** The same run with other parts. */
  public Manifest with(final Map<String, Part> newParts) {
    return with(state, planDigest, shards, startedAt, files, newParts, result);
  }

  /**
   * The same run as if a part of it, which has one journal, were all.
   *
   * @throws IllegalArgumentException if it has not begun.
   */
  public Manifest part(final String name) {
    final Part part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("the run has not begun its " + name);
    }
    final ShardSeal seal = part.journal();
    return with(
        state,
        part.planDigest(),
        1,
        part.startedAt(),
        files,
        Map.of(),
        seal == null ? null : new Result("", "", "", seal.events(), List.of(seal)));
  }

  private Manifest with(
      final State newState,
      final String newPlanDigest,
      final int newShards,
      final String newStartedAt,
      final Map<String, String> newFiles,
      final Map<String, Part> newParts,
      final Result newResult) {
    return new Manifest(
        formatVersion,
        runId,
        newState,
        planName,
        newPlanDigest,
        seed,
        transport,
        newShards,
        threading,
        tickNs,
        engineVersion,
        jdk,
        os,
        cores,
        newStartedAt,
        options,
        newFiles,
        data,
        newParts,
        newResult);
  }

  /**
   * What the digest chain of each journal begins with: what the run is, so that a journal of
   * another plan or seed is noticed, but not its id, so that two simulations of the same have equal
   * digests.
   */
  public String origin() {
    return origin(planDigest, seed, shards);
  }

  /** See {@link #origin()}. */
  public static String origin(final String planDigest, final long seed, final int shards) {
    return planDigest + "/" + seed + "/" + shards;
  }

  /** What the manifest says of a shard's journal, {@code null} if it was not closed. */
  public ShardSeal seal(final int shard) {
    if (result == null) {
      return null;
    }
    for (final ShardSeal seal : result.journals()) {
      if (seal.shard() == shard) {
        return seal;
      }
    }
    return null;
  }
}
