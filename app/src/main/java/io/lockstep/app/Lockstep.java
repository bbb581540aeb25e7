package io.lockstep.app;

/** The lockstep command. */
public final class Lockstep {
  private Lockstep() {}

  public static void main(final String[] args) {
    System.out.println("lockstep 0.1.0");
  }
}
