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
 * or its deadline is over. No try gets all the time there is: a silent owner may be one that has been replaced.
 */
@Singleton
class Owners {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Directory directory;
    private final OwnerHealth health;
    private final Duration backoff;
    private final Duration backoffMax;
    private final Duration tryMax;

    Owners(Directory directory, OwnerHealth health, PlayConfig config) {
        this.directory = directory;
        this.health = health;
        this.backoff = config.backoff();
        this.backoffMax = config.backoffMax();
        this.tryMax = config.tryMax();
    }

    /** @return the answer; fails with the owner's final refusal, with {@link TryFailed} FULL, or OWNER_UNAVAILABLE */
    <T> Uni<T> call(int partition, Deadline deadline, OwnerCall<T> call) {
        return new Tries<>(partition, deadline, call, true).next(Optional.empty(), backoff);
    }

    /**
     * As {@link #call}, for those who can go elsewhere: fails with {@link TryFailed} UNREACHED, too, as soon as the
     * owner can't be reached and no try may have taken effect.
     */
    <T> Uni<T> callOrPass(int partition, Deadline deadline, OwnerCall<T> call) {
        return new Tries<>(partition, deadline, call, false).next(Optional.empty(), backoff);
    }

    /** Whether there is nobody to ask about a partition at the moment, as far as known. */
    boolean isAway(int partition) {
        return directory.owner(partition).map(health::isAway).orElse(true);
    }

    /** The tries of one call. They follow each other, on whatever threads. */
    private final class Tries<T> {
        private final int partition;
        private final Deadline deadline;
        private final OwnerCall<T> call;
        private final boolean patient;
        /** Whether a try was left without a decision: it may have taken effect, or may yet, until the deadline. */
        private volatile boolean inDoubt;

        Tries(int partition, Deadline deadline, OwnerCall<T> call, boolean patient) {
            this.partition = partition;
            this.deadline = deadline;
            this.call = call;
            this.patient = patient;
        }

        Uni<T> next(Optional<String> named, Duration pause) {
            var owner = named.or(() -> directory.owner(partition));
            if (owner.isEmpty()) return unreached(pause);
            var rest = deadline.rest();
            if (!rest.isPositive()) return Uni.createFrom().failure(unavailable());
            var time = new OwnerCall.Time(rest.compareTo(tryMax) < 0 ? rest : tryMax, deadline.notAfterMs());
            return call.at(owner.get(), partition, time)
                    .onFailure(TryFailed.class)
                    .recoverWithUni(failure -> failed((TryFailed) failure, owner.get(), named.isPresent(), pause))
                    .onFailure(Refusal.class)
                    .transform(refusal -> inDoubt && isUnsent((Refusal) refusal) ? unavailable() : refusal);
        }

        private Uni<T> failed(TryFailed failed, String owner, boolean wasNamed, Duration pause) {
            return switch (failed.kind()) {
                // Says nothing about a try that was not answered: it may lie in a queue still.
                case FULL -> Uni.createFrom().failure(inDoubt ? unavailable() : failed);
                case MOVED -> {
                    // An owner that was just named is asked at once, but not the one that has just refused.
                    var next = failed.owner().filter(other -> !other.equals(owner));
                    yield next.isPresent() && !wasNamed ? next(next, pause) : again(next, failed.retryAfter(), pause);
                }
                case UNREACHED -> unreached(pause);
                case UNAVAILABLE -> {
                    inDoubt = true;
                    yield again(Optional.empty(), failed.retryAfter(), pause);
                }
            };
        }

        private Uni<T> unreached(Duration pause) {
            return patient || inDoubt
                    ? again(Optional.empty(), Optional.empty(), pause)
                    : Uni.createFrom().failure(TryFailed.unreached(unavailable()));
        }

        private Uni<T> again(Optional<String> named, Optional<Duration> asked, Duration pause) {
            var wait = asked.filter(longer -> longer.compareTo(pause) > 0).orElse(pause);
            if (wait.compareTo(backoffMax) > 0) wait = backoffMax;
            if (wait.compareTo(deadline.rest()) >= 0) return Uni.createFrom().failure(unavailable());
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(wait)
                    .flatMap(waited -> next(named, pause.multipliedBy(2)));
        }
    }

    private static boolean isUnsent(Refusal refusal) {
        return refusal.reason() == Reason.OVERLOADED;
    }

    private static Refusal unavailable() {
        return new Refusal(Reason.OWNER_UNAVAILABLE, "No owner of the room answered in time").retryAfter(RETRY);
    }
}
