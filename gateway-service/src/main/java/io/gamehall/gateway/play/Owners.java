package io.gamehall.gateway.play;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings a call to the owner of a partition, and again to the next one while the partition moves, until it is answered
 * or its deadline is over.
 */
@Singleton
class Owners {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Directory directory;
    private final Duration backoff;
    private final Duration backoffMax;

    Owners(Directory directory, PlayConfig config) {
        this.directory = directory;
        this.backoff = config.backoff();
        this.backoffMax = config.backoffMax();
    }

    /** When a call is to be over. */
    record Deadline(long atNanos) {
        static Deadline in(Duration time) {
            return new Deadline(System.nanoTime() + time.toNanos());
        }

        Duration rest() {
            return Duration.ofNanos(atNanos - System.nanoTime());
        }
    }

    /** @return the answer; fails with the owner's final refusal, with {@link TryFailed} FULL, or OWNER_UNAVAILABLE */
    <T> Uni<T> call(int partition, Deadline deadline, OwnerCall<T> call) {
        return attempt(partition, deadline, call, Optional.empty(), backoff);
    }

    private <T> Uni<T> attempt(
            int partition, Deadline deadline, OwnerCall<T> call, Optional<String> named, Duration pause) {
        var owner = named.or(() -> directory.owner(partition));
        if (owner.isEmpty()) return again(partition, deadline, call, Optional.empty(), Optional.empty(), pause);
        var rest = deadline.rest();
        if (!rest.isPositive()) return Uni.createFrom().failure(unavailable());
        return call.at(owner.get(), partition, rest).onFailure(TryFailed.class).recoverWithUni(failure -> {
            var failed = (TryFailed) failure;
            return switch (failed.kind()) {
                case FULL -> Uni.createFrom().failure(failed);
                case MOVED -> {
                    // An owner that was just named is asked at once, but not the one that has just refused.
                    var next = failed.owner().filter(other -> !other.equals(owner.get()));
                    yield next.isPresent() && named.isEmpty()
                            ? attempt(partition, deadline, call, next, pause)
                            : again(partition, deadline, call, next, failed.retryAfter(), pause);
                }
                case UNAVAILABLE -> again(partition, deadline, call, Optional.empty(), failed.retryAfter(), pause);
            };
        });
    }

    private <T> Uni<T> again(
            int partition,
            Deadline deadline,
            OwnerCall<T> call,
            Optional<String> named,
            Optional<Duration> asked,
            Duration pause) {
        var wait = asked.filter(longer -> longer.compareTo(pause) > 0).orElse(pause);
        if (wait.compareTo(backoffMax) > 0) wait = backoffMax;
        if (wait.compareTo(deadline.rest()) >= 0) return Uni.createFrom().failure(unavailable());
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(wait)
                .flatMap(waited -> attempt(partition, deadline, call, named, pause.multipliedBy(2)));
    }

    private static Refusal unavailable() {
        return new Refusal(Reason.OWNER_UNAVAILABLE, "No owner of the room answered in time").retryAfter(RETRY);
    }
}
