package io.lockstep.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.lockstep.app.architecture.Packages.APP;
import static io.lockstep.app.architecture.Packages.BENCH;
import static io.lockstep.app.architecture.Packages.EVENT;
import static io.lockstep.app.architecture.Packages.outside;

import java.util.List;

/**
 * What no class of ours does, in whichever module: lean on the machine's settings, or talk past the
 * app.
 */
final class ConductRules {
  private static final String SOMEWHERE = "io.lockstep.replay.somewhere";

  private ConductRules() {}

  static List<HouseRule> all() {
    return List.of(defaultLocale(), defaultCharset(), defaultZone(), console(), exit());
  }

  private static HouseRule defaultLocale() {
    return HouseRule.of(
        "no default locale",
        noClasses()
            .that(outside(EVENT))
            .should(
                Use.of(
                    "java\\.util\\.Locale\\.getDefault\\(.*\\)",
                    "java\\.lang\\.String\\.(format|formatted)\\((java\\.lang\\.String,)?java\\.lang\\.Object\\[\\]\\)",
                    "java\\.lang\\.String\\.to(Lower|Upper)Case\\(\\)",
                    "java\\.io\\.Print(Stream|Writer)\\.(format|printf)\\(java\\.lang\\.String,.*\\)",
                    "java\\.util\\.Formatter\\.new\\((?!.*java\\.util\\.Locale).*\\)",
                    "java\\.text\\.\\w*Format\\.(new|get\\w*Instance)\\((?!.*(Locale|Symbols)).*\\)",
                    "java\\.text\\.DecimalFormatSymbols\\.(new|getInstance)\\(\\)",
                    "java\\.time\\.format\\.DateTimeFormatter\\.ofPattern\\(java\\.lang\\.String\\)")),
        Offence.doing(SOMEWHERE, "return String.format(\"%.1f\", 1.5);"),
        Offence.doing(SOMEWHERE, "return \"%.1f\".formatted(1.5);"),
        Offence.doing(SOMEWHERE, "return \"I\".toLowerCase();"),
        Offence.doing(
            SOMEWHERE,
            "java.util.function.UnaryOperator<String> f = String::toUpperCase; return f;"),
        Offence.doing(SOMEWHERE, "System.out.printf(\"%.1f\", 1.5); return null;"),
        Offence.doing(SOMEWHERE, "return new java.util.Formatter(new StringBuilder());"),
        Offence.doing(SOMEWHERE, "return new java.text.DecimalFormat(\"0.0\");"),
        Offence.doing(SOMEWHERE, "return java.text.NumberFormat.getInstance();"),
        Offence.doing(SOMEWHERE, "return java.time.format.DateTimeFormatter.ofPattern(\"EEE\");"),
        Offence.doing(SOMEWHERE, "return java.util.Locale.getDefault();"));
  }

  private static HouseRule defaultCharset() {
    return HouseRule.of(
        "no default charset",
        noClasses()
            .that(outside(EVENT))
            .should(
                Use.of(
                    "java\\.nio\\.charset\\.Charset\\.defaultCharset\\(\\)",
                    "java\\.lang\\.String\\.getBytes\\(\\)",
                    "java\\.lang\\.String\\.new\\(byte\\[\\](,int,int)?\\)",
                    "java\\.io\\.(InputStreamReader|OutputStreamWriter)\\.new\\(java\\.io\\.\\w+Stream\\)",
                    "java\\.io\\.(FileReader|FileWriter|PrintStream|PrintWriter)\\.new\\("
                        + "(java\\.lang\\.String|java\\.io\\.(File|OutputStream|FileDescriptor))(,boolean)?\\)",
                    "java\\.util\\.Scanner\\.new\\((?!.*([cC]harset|,java\\.lang\\.String)).*(InputStream|File|Path)\\)",
                    "java\\.io\\.ByteArrayOutputStream\\.toString\\(\\)")),
        Offence.doing(SOMEWHERE, "return java.nio.charset.Charset.defaultCharset();"),
        Offence.doing(SOMEWHERE, "return \"a\".getBytes();"),
        Offence.doing(SOMEWHERE, "return new String(new byte[1]);"),
        Offence.doing(SOMEWHERE, "return new java.io.InputStreamReader(System.in);"),
        Offence.doing(SOMEWHERE, "return new java.io.FileReader(\"a\");"),
        Offence.doing(SOMEWHERE, "return new java.io.FileWriter(\"a\", true);"),
        Offence.doing(
            SOMEWHERE,
            "return new java.io.PrintStream(java.io.OutputStream.nullOutputStream(), true);"),
        Offence.doing(SOMEWHERE, "return new java.util.Scanner(System.in);"),
        Offence.doing(SOMEWHERE, "return new java.io.ByteArrayOutputStream().toString();"));
  }

  private static HouseRule defaultZone() {
    return HouseRule.of(
        "no default time zone",
        noClasses()
            .should(
                Use.of(
                    "java\\.util\\.TimeZone\\.getDefault\\(\\)",
                    "java\\.time\\.ZoneId\\.systemDefault\\(\\)",
                    "java\\.time\\.Clock\\.systemDefaultZone\\(\\)",
                    "java\\.time\\.(Local|Zoned|Offset)\\w+\\.now\\(\\)",
                    "java\\.util\\.(Gregorian)?Calendar\\.(getInstance|new)\\(.*\\)")),
        Offence.doing(SOMEWHERE, "return java.util.TimeZone.getDefault();"),
        Offence.doing(SOMEWHERE, "return java.time.ZoneId.systemDefault();"),
        Offence.doing(SOMEWHERE, "return java.time.LocalDate.now();"),
        Offence.doing(SOMEWHERE, "return java.util.Calendar.getInstance();"));
  }

  private static HouseRule console() {
    return HouseRule.of(
        "only the app and the benches write to the console",
        noClasses()
            .that(outside(APP, BENCH, EVENT))
            .should(
                Use.of(
                    "java\\.lang\\.System\\.(out|err|in)",
                    "java\\.lang\\.\\w*(Throwable|Exception|Error)\\.printStackTrace\\(\\)",
                    "java\\.lang\\.Thread\\.dumpStack\\(\\)")),
        Offence.doing(SOMEWHERE, "System.out.println(); return null;"),
        Offence.doing(SOMEWHERE, "return System.err;"),
        Offence.doing(SOMEWHERE, "new Exception().printStackTrace(); return null;"));
  }

  private static HouseRule exit() {
    return HouseRule.of(
        "only the app and the benches end the process",
        noClasses()
            .that(outside(APP, BENCH))
            .should(Use.of("java\\.lang\\.(System|Runtime)\\.(exit|halt|addShutdownHook)\\(.*\\)")),
        Offence.doing(SOMEWHERE, "System.exit(1); return null;"),
        Offence.doing(SOMEWHERE, "Runtime.getRuntime().halt(1); return null;"),
        Offence.doing(
            SOMEWHERE, "Runtime.getRuntime().addShutdownHook(new Thread()); return null;"));
  }
}
