package io.lockstep.app.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Where the rules get classes from: the production code, or an offence compiled on the spot. */
final class Classes {
  private static final Pattern DECLARATION =
      Pattern.compile("^package ([\\w.]+);.*?\\bclass (\\w+)");

  private Classes() {}

  /** All production classes of the modules that the app is made of. */
  static JavaClasses production() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.lockstep");
  }

  /**
   * Compiles offences into {@code folder} and imports them, all in one go, which is far quicker
   * than one by one.
   *
   * @return the classes of each offence, in order
   */
  static List<JavaClasses> compile(final List<Offence> offences, final Path folder) {
    final DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    final List<String> options =
        List.of("-proc:none", "-nowarn", "-d", folder.toString(), "--release", "17");
    final List<Source> sources = new ArrayList<>();
    for (int i = 0; i < offences.size(); i++) {
      for (final String source : offences.get(i).numbered(i)) {
        sources.add(new Source(source));
      }
    }
    final boolean compiled =
        compiler().getTask(null, null, problems, options, null, sources).call();
    if (!compiled) {
      throw new IllegalArgumentException("offences do not compile: " + describe(problems));
    }
    final JavaClasses all = new ClassFileImporter().importPath(folder);
    return IntStream.range(0, offences.size()).mapToObj(i -> numbered(all, i)).toList();
  }

  private static JavaClasses numbered(final JavaClasses all, final int number) {
    return all.that(
        DescribedPredicate.describe(
            "have number " + number,
            type -> type.getSimpleName().endsWith(Offence.suffix(number))));
  }

  private static JavaCompiler compiler() {
    final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("these tests need a JDK with its compiler");
    }
    return compiler;
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
