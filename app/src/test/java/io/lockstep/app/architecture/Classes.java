package io.lockstep.app.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Where the rules get classes from: the production code, or an offence compiled on the spot. */
final class Classes {
  private static final Pattern DECLARATION = Pattern.compile("^package ([\\w.]+);.*?\\bclass (\\w+)");

  private Classes() {}

  /** All production classes of the modules that the app is made of. */
  static JavaClasses production() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.lockstep");
  }

  /** The classes of an offence, compiled into {@code folder}. */
  static JavaClasses compile(final Offence offence, final Path folder) throws IOException {
    final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("these tests need a JDK with its compiler");
    }
    Files.createDirectories(folder);
    final DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    final List<String> options =
        List.of("-proc:none", "-nowarn", "-d", folder.toString(), "--release", "17");
    final List<Source> sources = offence.sources().stream().map(Source::new).toList();
    final boolean compiled =
        compiler.getTask(null, null, problems, options, null, sources).call();
    if (!compiled) {
      throw new IllegalArgumentException("offence does not compile: " + describe(problems));
    }
    return new ClassFileImporter().importPath(folder);
  }

  private static String describe(final DiagnosticCollector<JavaFileObject> problems) {
    final StringBuilder text = new StringBuilder();
    for (final Diagnostic<?> problem : problems.getDiagnostics()) {
      text.append(problem.getMessage(Locale.ROOT)).append("; ");
    }
    return text.toString();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(final String text) {
      super(URI.create("offence:///" + path(text)), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(final boolean ignoreEncodingErrors) {
      return text;
    }

    private static String path(final String text) {
      final Matcher declaration = DECLARATION.matcher(text);
      if (!declaration.find()) {
        throw new IllegalArgumentException("no package and class in: " + text);
      }
      return declaration.group(1).replace('.', '/') + "/" + declaration.group(2) + ".java";
    }
  }
}
