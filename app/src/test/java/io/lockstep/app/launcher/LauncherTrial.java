package io.lockstep.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A project in a folder whose name has a space, with the real launcher, a Maven that only copies a
 * jar and counts how often it was called, and an empty home folder.
 */
final class LauncherTrial {
  private static final int PATIENCE_S = 60;

  final Path project;
  final Path home;
  private final Path folder;

  LauncherTrial(final Path folder) throws IOException {
    this.folder = folder;
    project = folder.resolve("new comer").resolve("project");
    home = folder.resolve("home");
    Files.createDirectories(home);
    Files.createDirectories(project.resolve("app/src/main"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.writeString(project.resolve("app/pom.xml"), "<project/>");
    Files.copy(sources().resolve("jvm.args"), project.resolve("jvm.args"));
    Files.copy(sources().resolve("lockstep"), project.resolve("lockstep"));
    project.resolve("lockstep").toFile().setExecutable(true);
    writeEchoJar(project.resolve("echo.jar"));
    maven("true");
    // Whatever the launcher builds from now on is newer than these.
    for (final String source : List.of("pom.xml", "app/pom.xml", "app/src/main")) {
      touch(source, Instant.now().minusSeconds(60));
    }
  }

  /** What a run of the launcher came to. */
  record Result(int exit, String out, String err) {}

  /** The build does this before it leaves its jar. */
  void maven(final String step) throws IOException {
    script(
        project.resolve("mvnw"),
        "echo called >>builds",
        "echo \"$JAVA_HOME\" >builder",
        "echo '[INFO] Building lockstep-app 0.1.0    [2/2]'",
        "sleep 0.6", // long enough for the launcher, which looks five times a second, to see the
        // step
        step + " || exit 1",
        "mkdir -p app/target/launcher/lib",
        "cp echo.jar app/target/launcher/lib/other.jar",
        "cp echo.jar app/target/launcher/lockstep-app-0.1.0.jar");
  }

  int builds() throws IOException {
    final Path builds = project.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  void touch(final String path, final Instant when) throws IOException {
    Files.setLastModifiedTime(project.resolve(path), FileTime.from(when));
  }

  /**
   * A JDK of the given version whose {@code java} only says which one it is, in a place where the
   * launcher looks.
   */
  Path jdk(final String version) throws IOException {
    final Path jdk = home.resolve(".sdkman/candidates/java").resolve(version);
    script(jdk.resolve("bin/java"), "echo made-up " + version);
    script(jdk.resolve("bin/javac"), "true");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  /** The JDK of this test, without its compiler. */
  Path runtimeOnly() throws IOException {
    final Path jre = folder.resolve("jre");
    script(jre.resolve("bin/java"), "exec '" + thisJdk() + "/bin/java' \"$@\"");
    Files.copy(thisJdk().resolve("release"), jre.resolve("release"));
    return jre;
  }

  Result run(final String... arguments) throws IOException, InterruptedException {
    return runAs(
        project.resolve("lockstep"), Map.of("LOCKSTEP_JAVA_HOME", thisJdk().toString()), arguments);
  }

  Result runAs(final Path command, final Map<String, String> environment, final String... arguments)
      throws IOException, InterruptedException {
    return finish(start(command, environment, arguments));
  }

  Process start(
      final Path command, final Map<String, String> environment, final String... arguments)
      throws IOException {
    final ProcessBuilder builder = new ProcessBuilder(command.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  Result finish(final Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the launcher did not end in " + PATIENCE_S + " s");
    }
    final String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    final String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Result(process.exitValue(), out, err);
  }

  static Path thisJdk() {
    return Path.of(System.getProperty("java.home"));
  }

  private static Path sources() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    return at;
  }

  private static void script(final Path file, final String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void writeEchoJar(final Path jar) throws IOException {
    final Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
    final String entry = Echo.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        var code = Echo.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      code.transferTo(out);
    }
  }
}
