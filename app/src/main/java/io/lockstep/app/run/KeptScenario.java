package io.lockstep.app.run;

import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.data.FileFacts;
import io.lockstep.scenario.document.IncludeFiles;
import io.lockstep.scenario.document.Included;
import io.lockstep.scenario.document.LoadOptions;
import io.lockstep.scenario.plan.Tls;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a run keeps all that its plan was made of: the files that the scenario includes are {@code
 * include-1.yaml} and so on beside it, and the manifest's options say under {@code include 1} by
 * which path the scenario knows the first one, under {@code env} which environment was chosen,
 * under {@code set 1} and so on what was set, and under {@code variable NAME} what {@code env.NAME}
 * was, and under {@code tls file PATH} the digest of a certificate file, of which no copy is kept,
 * and under {@code sent file PATH} digest and length of a file that requests have sent.
 */
public final class KeptScenario {
  private static final String ENV = "env";
  private static final String SET = "set ";
  private static final String INCLUDE = "include ";
  private static final String VARIABLE = "variable ";
  private static final String TLS_FILE = "tls file ";
  private static final String SENT_FILE = "sent file ";
  private static final String INCLUDE_FILE = "include-";

  private KeptScenario() {}

  /** What a manifest has to say of the options and files, by name. */
  static Map<String, String> notes(final LoadOptions options, final Loaded loaded) {
    final Map<String, String> notes = new LinkedHashMap<>();
    options.environment().ifPresent(name -> notes.put(ENV, name));
    for (int i = 0; i < options.assignments().size(); i++) {
      notes.put(SET + (i + 1), options.assignments().get(i));
    }
    for (int i = 0; i < loaded.included().size(); i++) {
      notes.put(INCLUDE + (i + 1), loaded.included().get(i).path());
    }
    loaded.variables().forEach((name, value) -> notes.put(VARIABLE + name, value));
    final Tls tls = loaded.plan().tls();
    note(tls.authorities(), notes);
    note(tls.client() == null ? null : tls.client().certificate(), notes);
    loaded
        .sentFiles()
        .forEach(
            file ->
                notes.put(
                    SENT_FILE + file.path(), file.facts().digest() + " " + file.facts().bytes()));
    return notes;
  }

  /** What a manifest says of a file that requests have sent. */
  private static Optional<FileFacts> sentFile(final String note) {
    final int blank = note == null ? -1 : note.indexOf(' ');
    if (blank < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FileFacts(note.substring(0, blank), Long.parseLong(note.substring(blank + 1))));
    } catch (final NumberFormatException e) {
      return Optional.empty(); // a damaged manifest: then the file itself must be there
    }
  }

  private static void note(final Tls.PublicFile file, final Map<String, String> notes) {
    if (file != null) {
      notes.put(TLS_FILE + file.path(), file.digest());
    }
  }

  /** The texts of the included files, by their names in the run's directory. */
  static Map<String, String> includedFiles(final Loaded loaded) {
    final Map<String, String> textByName = new LinkedHashMap<>();
    for (int i = 0; i < loaded.included().size(); i++) {
      final Included file = loaded.included().get(i);
      textByName.put(fileName(i + 1, file.path()), file.text());
    }
    return textByName;
  }

  /** The options that a run was started with. */
  public static LoadOptions options(final Manifest manifest) {
    final Map<String, String> notes = manifest.options();
    final List<String> assignments = new ArrayList<>();
    for (int i = 1; notes.containsKey(SET + i); i++) {
      assignments.add(notes.get(SET + i));
    }
    return new LoadOptions(
            Optional.ofNullable(notes.get(ENV)),
            assignments,
            name -> Optional.ofNullable(notes.get(VARIABLE + name)))
        .ofRecording(
            path -> Optional.of(notes.getOrDefault(TLS_FILE + path, "")),
            path -> sentFile(notes.get(SENT_FILE + path)));
  }

  /** Names of the included files in the run's directory, by the paths that the scenario uses. */
  public static Map<String, String> includedNames(final Manifest manifest) {
    final Map<String, String> nameByPath = new LinkedHashMap<>();
    for (int i = 1; manifest.options().containsKey(INCLUDE + i); i++) {
      final String path = manifest.options().get(INCLUDE + i);
      nameByPath.put(path, fileName(i, path));
    }
    return nameByPath;
  }

  /**
   * What to say to somebody who takes a run's copy for a scenario of its own and fails; empty where
   * the file is none. What the copy includes and its data have other names beside it, which only
   * the manifest knows.
   */
  static String hint(final String file, final Path path) {
    final Path run = path.toAbsolutePath().normalize().getParent();
    return run != null
            && RunSession.scenarioFile(file).equals(String.valueOf(path.getFileName()))
            && RunDirectory.isRun(run)
        ? String.format(
            Locale.ROOT,
            "%n%n%s is the copy that a run keeps for its replay: what it includes and its data lie"
                + " beside it under other names, and what --env and --set said is in run.json. Run"
                + " the file that it is a copy of, or replay the run: lockstep replay %s",
            file,
            run)
        : "";
  }

  /** The included files as the run's directory has them. */
  public static IncludeFiles files(final RunDirectory run, final Manifest manifest) {
    return new KeptFiles(run, includedNames(manifest));
  }

  private static String fileName(final int number, final String path) {
    final boolean json = path.toLowerCase(Locale.ROOT).endsWith(".json");
    return INCLUDE_FILE + number + (json ? ".json" : ".yaml");
  }

  private record KeptFiles(RunDirectory run, Map<String, String> nameByPath)
      implements IncludeFiles {
    @Override
    public byte[] read(final String path, final int most) throws IOException {
      final String name = nameByPath.get(path);
      final byte[] bytes = name == null ? null : run.read(name);
      if (bytes == null) {
        throw new FileNotFoundException(path);
      }
      return bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    @Override
    public String displayName(final String path) {
      return run.file(nameByPath.getOrDefault(path, path)).toString();
    }
  }
}
