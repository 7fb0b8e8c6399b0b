package io.gamehall.hallctl.process;

/**
 * Asks a process whether it does its work by now.
 *
 * <p>Called every few milliseconds from one thread while it starts, and by {@code status}; must answer within about two
 * seconds, and answers {@code false} rather than throw when it cannot connect.
 */
@FunctionalInterface
public interface Probe {
    boolean isReady();
}
