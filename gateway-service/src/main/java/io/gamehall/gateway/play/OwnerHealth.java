package io.gamehall.gateway.play;

/** What is known of the processes that own rooms. Any thread, never blocks. */
@FunctionalInterface
public interface OwnerHealth {
    /**
     * Whether calls to a process are not sent at the moment, because too many of the last ones were not answered.
     *
     * @param endpoint {@code host:port}
     */
    boolean isAway(String endpoint);
}
