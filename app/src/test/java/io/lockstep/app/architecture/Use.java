package io.lockstep.app.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A use of a member: calls, field accesses, and method references, which are easily forgotten. */
final class Use extends ArchCondition<JavaClass> {
  private final Predicate<String> banned;

  private Use(final String description, final Predicate<String> banned) {
    super(description);
    this.banned = banned;
  }

  /**
   * The use of a member whose signature matches one of the regular expressions as a whole. A
   * signature reads {@code java.lang.String.format(java.lang.String,java.lang.Object[])}, a
   * constructor's name is {@code new}, and a field has no parentheses.
   */
  static Use of(final String... signatures) {
    final Pattern pattern = Pattern.compile(String.join("|", signatures));
    return new Use("use any of " + String.join(" ", signatures), s -> pattern.matcher(s).matches());
  }

  @Override
  public void check(final JavaClass type, final ConditionEvents events) {
    final Set<JavaAccess<?>> accesses = new LinkedHashSet<>(type.getAccessesFromSelf());
    accesses.addAll(type.getCodeUnitReferencesFromSelf());
    for (final JavaAccess<?> access : accesses) {
      final AccessTarget target = access.getTarget();
      // The byte code names the static type of the receiver; the member may be declared above it.
      Stream.concat(
              Stream.of(target.getOwner()),
              target.resolveMember().map(JavaMember::getOwner).stream())
          .map(owner -> signature(owner, target))
          .filter(banned)
          .findFirst()
          .ifPresent(signature -> events.add(violation(access, signature)));
    }
  }

  private static ConditionEvent violation(final JavaAccess<?> access, final String signature) {
    final String where = access.getOrigin().getFullName() + " " + access.getSourceCodeLocation();
    return SimpleConditionEvent.satisfied(access, signature + " in " + where);
  }

  private static String signature(final JavaClass owner, final AccessTarget target) {
    final String name = owner.getName() + "." + target.getName().replace("<init>", "new");
    if (!(target instanceof CodeUnitAccessTarget unit)) {
      return name;
    }
    final StringBuilder parameters = new StringBuilder();
    for (final JavaClass parameter : unit.getRawParameterTypes()) {
      final String array =
          parameter.isArray() ? parameter.getComponentType().getName() + "[]" : parameter.getName();
      parameters.append(parameters.isEmpty() ? "" : ",").append(array);
    }
    return name + "(" + parameters + ")";
  }
}
