package io.lockstep.engine.core.expression;

import io.lockstep.engine.core.random.KeyedRandom;

/** Names of people who do not exist. In ASCII, and never changed: draws index them. */
final class PeopleNames {
  private static final String[] FIRST = {
    "Ada", "Alan", "Alma", "Amir", "Anna", "Arno", "Aya", "Ben", "Bela", "Bruno", "Cara", "Cleo",
    "Dana", "David", "Dora", "Edda", "Eli", "Emil", "Emma", "Enzo", "Erik", "Eva", "Farid", "Finn",
    "Flora", "Greta", "Hana", "Hugo", "Ida", "Igor", "Ines", "Iris", "Ivan", "Jana", "Joel",
        "Jonas",
    "Juno", "Kai", "Karim", "Kira", "Lara", "Lena", "Leo", "Lina", "Luca", "Mara", "Max", "Mei",
    "Mila", "Mona", "Nadia", "Nico", "Nora", "Olga", "Omar", "Oscar", "Paula", "Pia", "Rafa",
        "Rosa",
    "Sami", "Tara", "Tom", "Vera"
  };

  private static final String[] LAST = {
    "Abbott", "Adler", "Baker", "Barlow", "Becker", "Bell", "Bishop", "Brandt", "Carter", "Castro",
    "Chen", "Clarke", "Cohen", "Costa", "Dalton", "Diaz", "Dixon", "Duarte", "Ekman", "Ellis",
    "Farrell", "Fischer", "Fox", "Garcia", "Gibson", "Gray", "Haas", "Hansen", "Hayes", "Hoffman",
    "Ito", "Jansen", "Jensen", "Kaplan", "Keller", "Khan", "Kim", "Klein", "Kovacs", "Lang",
    "Larsen", "Lopez", "Marsh", "Mason", "Meyer", "Moreau", "Mori", "Nash", "Novak", "Olsen",
    "Park", "Patel", "Perez", "Quinn", "Reed", "Rossi", "Sato", "Silva", "Stone", "Turner", "Vogel",
    "Weber", "Wolf", "Young"
  };

  private PeopleNames() {}

  static String first(final long bits) {
    return FIRST[(int) KeyedRandom.below(bits, FIRST.length)];
  }

  static String last(final long bits) {
    return LAST[(int) KeyedRandom.below(bits, LAST.length)];
  }
}
