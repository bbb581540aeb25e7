package io.lockstep.app.launcher;

/** Stands in for the app: says what it was given and exits as told by {@code exit=N}. */
final class Echo {
  private Echo() {}

  public static void main(final String[] arguments) {
    int status = 0;
    for (final String argument : arguments) {
      System.out.println("[" + argument + "]");
      if (argument.startsWith("exit=")) {
        status = Integer.parseInt(argument.substring("exit=".length()));
      }
    }
    System.out.println("pid " + ProcessHandle.current().pid());
    System.out.println("extra " + System.getProperty("extra"));
    System.out.println("agrona " + System.getProperty("agrona.disable.bounds.checks"));
    System.exit(status);
  }
}
