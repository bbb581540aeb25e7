package io.lockstep.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.lockstep.app.architecture.Packages.AGENT;
import static io.lockstep.app.architecture.Packages.BLOCK;
import static io.lockstep.app.architecture.Packages.CONTENT;
import static io.lockstep.app.architecture.Packages.CORE;
import static io.lockstep.app.architecture.Packages.PLAN;
import static io.lockstep.app.architecture.Packages.outside;
import static io.lockstep.app.architecture.Packages.within;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the deterministic core must not touch, since a replay could not repeat it. The core here is
 * {@code engine.core} with what reads responses for it, the plan that it walks and the blocks that
 * it writes; clocks and threads have their one place in {@code agent}.
 *
 * <p>Not verified: hash order that hides in a type of a library, and data races, which the
 * single-writer design avoids.
 */
final class CoreRules {
  private static final String MACHINE = "io.lockstep.engine.core.machine";
  private static final DescribedPredicate<JavaClass> DETERMINISTIC =
      within(CORE, CONTENT, PLAN, BLOCK);
  private static final DescribedPredicate<JavaClass> SINGLE_THREADED =
      DETERMINISTIC.and(outside(AGENT));

  private CoreRules() {}

  static List<HouseRule> all() {
    return List.of(
        clock(),
        randomness(),
        hashOrder(),
        immutableHashOrder(),
        threads(),
        mathematics(),
        identity(),
        world(),
        references());
  }

  private static HouseRule clock() {
    return HouseRule.of(
        "the core reads no clock",
        noUse(
            SINGLE_THREADED,
            "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\(\\)",
            "java\\.time\\.\\w+\\.now\\(.*\\)",
            "java\\.time\\.Clock\\.(system|tick)\\w*\\(.*\\)",
            "java\\.time\\.InstantSource\\.system\\(\\)",
            "java\\.util\\.Date\\.new\\(\\)",
            "java\\.sql\\..*",
            "org\\.agrona\\.concurrent\\.\\w+Clock\\..*"),
        Offence.doing(MACHINE, "return System.nanoTime();"),
        Offence.doing(
            MACHINE, "java.util.function.LongSupplier clock = System::nanoTime; return clock;"),
        Offence.doing(MACHINE, "Runnable later = () -> System.currentTimeMillis(); return later;"),
        Offence.doing(MACHINE, "return java.time.Instant.now();"),
        Offence.doing(MACHINE, "return java.time.LocalDate.now(java.time.ZoneOffset.UTC);"),
        Offence.doing(MACHINE, "return java.time.Clock.systemUTC();"),
        Offence.doing(MACHINE, "return new java.util.Date();"),
        Offence.doing(MACHINE, "return org.agrona.concurrent.SystemNanoClock.INSTANCE;"),
        Offence.doing("io.lockstep.scenario.plan", "return System.nanoTime();"),
        Offence.doing("io.lockstep.journal.block", "return System.nanoTime();"));
  }

  private static HouseRule randomness() {
    return HouseRule.of(
        "the core draws from its keyed streams alone",
        noClasses()
            .that(DETERMINISTIC)
            .should(
                Use.of(
                    "java\\.util\\.(Random|SplittableRandom)\\..*",
                    "java\\.util\\.random\\..*",
                    "java\\.util\\.concurrent\\.ThreadLocalRandom\\..*",
                    "java\\.security\\.SecureRandom\\..*",
                    "java\\.lang\\.(Strict)?Math\\.random\\(\\)",
                    "java\\.util\\.UUID\\.randomUUID\\(\\)",
                    "java\\.util\\.Collections\\.shuffle\\(.*\\)")),
        Offence.doing(MACHINE, "return new java.util.Random(42);"),
        Offence.doing(MACHINE, "return new java.util.SplittableRandom(42);"),
        Offence.doing(MACHINE, "return java.util.random.RandomGenerator.getDefault();"),
        Offence.doing(
            MACHINE, "return java.util.concurrent.ThreadLocalRandom.current().nextInt();"),
        Offence.doing(MACHINE, "return new java.security.SecureRandom();"),
        Offence.doing(MACHINE, "return Math.random();"),
        Offence.doing(
            MACHINE, "java.util.function.Supplier<?> id = java.util.UUID::randomUUID; return id;"),
        Offence.doing(
            MACHINE, "java.util.Collections.shuffle(new java.util.ArrayList<>()); return null;"),
        Offence.doing("io.lockstep.engine.core.agent", "return Math.random();"));
  }

  private static HouseRule hashOrder() {
    return HouseRule.of(
        "the core has no hash table that could be walked",
        noClasses()
            .that(DETERMINISTIC)
            .should()
            .dependOnClassesThat(
                named(
                    "java.util.(HashMap|HashSet|Hashtable|IdentityHashMap|WeakHashMap)",
                    "java.util.concurrent.ConcurrentHashMap.*",
                    "org.agrona.collections.(Int|Long|Object|BiInt)\\w*(Map|Set|Cache)(\\$.*)?")),
        Offence.doing(MACHINE, "return new java.util.HashMap<String, String>();"),
        Offence.holding(MACHINE, "java.util.HashSet<String>"),
        Offence.doing(
            MACHINE,
            "java.util.function.Supplier<?> s = java.util.IdentityHashMap::new; return s;"),
        Offence.doing(
            MACHINE, "return new java.util.concurrent.ConcurrentHashMap<String, String>();"),
        Offence.doing(MACHINE, "return new org.agrona.collections.Int2ObjectHashMap<String>();"));
  }

  private static HouseRule immutableHashOrder() {
    return HouseRule.of(
        "the core makes no set or map whose order changes from one JVM to the next",
        noUse(
            DETERMINISTIC,
            "java\\.util\\.(Map|Set)\\.(of|ofEntries|copyOf)\\((?!\\)).*\\)",
            "java\\.util\\.stream\\.Collectors\\."
                + "(toSet|toMap|toUnmodifiable(Set|Map)|groupingBy\\w*|partitioningBy)\\(.*\\)"),
        Offence.doing(MACHINE, "return java.util.Map.of(\"a\", 1, \"b\", 2);"),
        Offence.doing(MACHINE, "return java.util.Set.copyOf(java.util.List.of(1, 2));"),
        Offence.doing(MACHINE, "return java.util.stream.Collectors.toSet();"));
  }

  private static HouseRule threads() {
    return HouseRule.of(
        "the core has threads with its agents alone",
        noClasses()
            .that(SINGLE_THREADED)
            .should()
            .dependOnClassesThat(
                named(
                    "java.lang.(Thread|ThreadLocal|ThreadGroup|InheritableThreadLocal|Process\\w*)(\\$.*)?",
                    "java.util.(Timer|TimerTask)",
                    "java.util.concurrent.(\\w*Execut\\w*|Completable\\w*|Future\\w*|ForkJoin\\w*|\\w*Queue"
                        + "|CountDownLatch|CyclicBarrier|Semaphore|Phaser|Exchanger)",
                    "java.util.concurrent.locks..*"))
            .orShould(
                Use.of(
                    "java\\.util\\.\\w+\\.parallelStream\\(\\)",
                    "java\\.util\\..*\\.parallel\\w*\\(.*\\)")),
        Offence.doing(MACHINE, "return new Thread();"),
        Offence.doing(MACHINE, "Thread.sleep(1); return null;"),
        Offence.holding(MACHINE, "ThreadLocal<String>"),
        Offence.doing(MACHINE, "return java.util.concurrent.Executors.newCachedThreadPool();"),
        Offence.doing(MACHINE, "return java.util.concurrent.CompletableFuture.completedFuture(1);"),
        Offence.doing(MACHINE, "return java.util.List.of(1).parallelStream();"),
        Offence.doing(MACHINE, "return java.util.stream.IntStream.of(1).parallel();"),
        Offence.doing(MACHINE, "return new java.util.concurrent.locks.ReentrantLock();"));
  }

  private static HouseRule mathematics() {
    return HouseRule.of(
        "the core computes with StrictMath where Math may differ between machines",
        noUse(
            DETERMINISTIC,
            "java\\.lang\\.Math\\.(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt"
                + "|hypot)\\(.*\\)",
            "java\\.util\\.stream\\.Double\\w+\\.(sum|average|summaryStatistics)\\(\\)"),
        Offence.doing(MACHINE, "return Math.log(2);"),
        Offence.doing(MACHINE, "return Math.pow(2, 3);"),
        Offence.doing(MACHINE, "java.util.function.DoubleUnaryOperator f = Math::exp; return f;"),
        Offence.doing(MACHINE, "return java.util.stream.DoubleStream.of(1).sum();"));
  }

  private static HouseRule identity() {
    return HouseRule.of(
        "the core uses no hash that differs from one JVM to the next",
        noUse(
            DETERMINISTIC,
            "java\\.lang\\.System\\.identityHashCode\\(.*\\)",
            "java\\.lang\\.(Object|Enum|Class)\\.hashCode\\(\\)",
            "java\\.util\\.Objects\\.(hash|hashCode|toIdentityString)\\(.*\\)",
            "java\\.util\\.Arrays\\.(hashCode\\(java\\.lang\\.Object\\[\\]\\)|deepHashCode\\(.*\\))"),
        Offence.doing(MACHINE, "return System.identityHashCode(this);"),
        Offence.doing(MACHINE, "return new Object().hashCode();"),
        Offence.doing(MACHINE, "return java.time.DayOfWeek.MONDAY.hashCode();"),
        Offence.doing(MACHINE, "return java.util.Objects.hash(this);"));
  }

  private static HouseRule world() {
    return HouseRule.of(
        "the core knows no file and no network",
        noClasses()
            .that(DETERMINISTIC)
            .should()
            .dependOnClassesThat(
                named(
                    "java.io.(File|RandomAccess|Console|InputStream|OutputStream|Reader|Writer|Print|Buffered)\\w*",
                    "java.nio.(file|channels)..*",
                    "java.net..*",
                    "javax.net..*"))
            .orShould(
                Use.of(
                    "java\\.lang\\.System\\.(getenv|getProperty|getProperties|load|loadLibrary)\\(.*\\)")),
        Offence.holding(MACHINE, "java.io.File"),
        Offence.holding(MACHINE, "java.nio.file.Path"),
        Offence.doing(
            MACHINE, "return java.nio.file.Files.readString(java.nio.file.Path.of(\"a\"));"),
        Offence.holding(MACHINE, "java.nio.channels.FileChannel"),
        Offence.holding(MACHINE, "java.net.URI"),
        Offence.holding("io.lockstep.engine.core.agent", "java.net.InetAddress"),
        Offence.holding(MACHINE, "javax.net.ssl.SSLContext"),
        Offence.doing(MACHINE, "return System.getenv(\"HOME\");"));
  }

  private static HouseRule references() {
    return HouseRule.of(
        "the core cannot see what the garbage collector does",
        noClasses()
            .that(DETERMINISTIC)
            .should()
            .dependOnClassesThat(named("java.lang.ref..*"))
            .orShould(Use.of("java\\.lang\\.Runtime\\.(free|total)Memory\\(\\)")),
        Offence.holding(MACHINE, "java.lang.ref.WeakReference<String>"),
        Offence.doing(MACHINE, "return Runtime.getRuntime().freeMemory();"));
  }

  private static ArchRule noUse(
      final DescribedPredicate<JavaClass> where, final String... signatures) {
    return noClasses().that(where).should(Use.of(signatures));
  }

  /** Classes whose whole binary name matches one of the regular expressions. */
  private static DescribedPredicate<JavaClass> named(final String... expressions) {
    final Pattern pattern = Pattern.compile(String.join("|", expressions));
    return DescribedPredicate.describe(
        "are named " + pattern, type -> pattern.matcher(type.getName()).matches());
  }
}
