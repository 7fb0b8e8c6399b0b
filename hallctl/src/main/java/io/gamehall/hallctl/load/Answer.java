package io.gamehall.hallctl.load;

import java.util.function.Function;

/** What came back of a call. */
public sealed interface Answer<R> {
    /** A reply. */
    record Given<R>(R reply) implements Answer<R> {}

    /** None, and why. */
    record Not<R>(Refused why) implements Answer<R> {}

    /** Where an answer goes; called once, on a thread that must not be held up. */
    @FunctionalInterface
    interface Sink<R> {
        void answered(Answer<R> answer);
    }

    default <T> Answer<T> map(Function<R, T> reply) {
        return switch (this) {
            case Given<R>(R given) -> new Given<>(reply.apply(given));
            case Not<R>(Refused why) -> new Not<>(why);
        };
    }
}
