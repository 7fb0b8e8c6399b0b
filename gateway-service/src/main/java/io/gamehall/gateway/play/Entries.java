package io.gamehall.gateway.play;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.RoomClaims.Answer;
import io.gamehall.gateway.play.RoomClaims.Claim;
import io.gamehall.gateway.play.RoomClaims.Outcome;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One entry of a player into a game at a time, and into one room only: the registry grants it, the owner decides, the
 * registry is told. While the registry does not answer, entries go on without it.
 */
@Singleton
class Entries {
    private static final Logger LOG = Logger.getLogger(Entries.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final RoomClaims claims;
    private final RoomsHeld rooms;
    private final Directory directory;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final Duration shown;
    private final Duration retry;

    /**
     * What is asked for.
     *
     * @param room which; empty: any of the game
     * @param until all of it
     * @param <T> the owner's answer
     */
    record Asked<T>(Entrant<T> entrant, String game, Optional<RoomId> room, Deadline until) {}

    Entries(
            RoomClaims claims,
            RoomsHeld rooms,
            Directory directory,
            Vertx vertx,
            MeterRegistry meters,
            PlayConfig config,
            EntryConfig entryConfig) {
        this.claims = claims;
        this.rooms = rooms;
        this.directory = directory;
        this.vertx = vertx;
        this.meters = meters;
        this.shown = config.settle();
        this.retry = entryConfig.retry();
    }

    /**
     * Enters.
     *
     * @param granted asks the owner
     * @param unclaimed asks the owner, without the registry
     * @return the owner's answer; fails as {@code granted} does, or with ALREADY_ENTERING, or with ALREADY_IN_ROOM if
     *     the player is in another room than the one that is asked for
     */
    <T> Uni<T> enter(Asked<T> asked, Function<Answer.Granted, Uni<T>> granted, Supplier<Uni<T>> unclaimed) {
        return new Entry<>(asked, granted, unclaimed).begin();
    }

    /** Leaves a room, or its line; the caller is answered when the registry knows, if it can be reached. */
    <T> Uni<T> left(PlayerId player, RoomId room, Uni<T> leave) {
        var known = directory.room(room);
        if (known.isEmpty()) return leave;
        var context = vertx.getOrCreateContext();
        return leave.emitOn(step -> context.runOnContext(ignored -> step.run()))
                .call(left -> claims.left(player, known.get().game(), room)
                        .onFailure()
                        .recoverWithNull());
    }

    /** Waits until the directory does not show the player in a room any more. @return whether it came to that in time */
    Uni<Boolean> gone(PlayerId player, RoomId room, Deadline until) {
        return goneBy(player, room, until.within(shown));
    }

    private Uni<Boolean> goneBy(PlayerId player, RoomId room, Deadline until) {
        if (!directory.whereIs(player).contains(room)) return Uni.createFrom().item(true);
        if (!until.rest().isPositive()) return Uni.createFrom().item(false);
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(LOOK_AGAIN)
                .flatMap(waited -> goneBy(player, room, until));
    }

    static Refusal inOtherRoom(RoomId other) {
        return new Refusal(Reason.ALREADY_IN_ROOM, "Leave the other room first").with(Map.of("room_id", other.value()));
    }

    /** One entry. Its steps follow each other, on whatever threads. */
    private final class Entry<T> {
        private final Asked<T> asked;
        private final PlayerId player;
        private final Function<Answer.Granted, Uni<T>> granted;
        private final Supplier<Uni<T>> unclaimed;
        /** The claim that may stand in the registry. */
        private volatile Claim claim;

        Entry(Asked<T> asked, Function<Answer.Granted, Uni<T>> granted, Supplier<Uni<T>> unclaimed) {
            this.asked = asked;
            this.player = asked.entrant().player();
            this.granted = granted;
            this.unclaimed = unclaimed;
        }

        Uni<T> begin() {
            return attempt(true)
                    .onCancellation()
                    .invoke(() -> settle(doubtful()).subscribe().with(told -> {}, away -> {}));
        }

        private Uni<T> attempt(boolean first) {
            // Answers of owners come on other threads; the registry's connection is this one's.
            var context = vertx.getOrCreateContext();
            Executor here = step -> context.runOnContext(ignored -> step.run());
            var seen = rooms.seen(player).getOrDefault(asked.game(), List.of());
            claim = new Claim(
                    player, asked.game(), asked.room(), asked.entrant().requestId(), seen);
            return claims.claim(claim)
                    .map(Optional::of)
                    .onFailure()
                    .recoverWithItem(failure -> {
                        LOG.debugf("An entry goes on without the registry: %s", failure.getMessage());
                        return Optional.empty();
                    })
                    .flatMap(answer -> {
                        count(answer);
                        return answer.isEmpty()
                                ? unclaimed(here)
                                : switch (answer.get()) {
                                    case Answer.Granted grant ->
                                        settled(Uni.createFrom()
                                                .deferred(() -> granted.apply(grant))
                                                .emitOn(here));
                                    case Answer.Held held -> held(held.other(), first);
                                    case Answer.Busy busy -> Uni.createFrom().failure(entering(busy.rest()));
                                };
                    });
        }

        /**
         * The registry may have heard of the claim, or may yet: told, behind the claim on the same connection, but not
         * waited for.
         */
        private Uni<T> unclaimed(Executor here) {
            return Uni.createFrom()
                    .deferred(() -> unclaimed.get())
                    .emitOn(here)
                    .onItemOrFailure()
                    .invoke((answer, failure) -> settle(failure == null ? outcome(answer) : outcome(failure))
                            .subscribe()
                            .with(told -> {}, away -> {}));
        }

        /** The directory may still show a room that was left a moment ago: only one that stays there is refused. */
        private Uni<T> held(RoomId other, boolean first) {
            claim = null;
            if (!first || !directory.whereIs(player).contains(other)) {
                return Uni.createFrom().failure(inOtherRoom(other));
            }
            return gone(player, other, asked.until())
                    .flatMap(left -> left ? attempt(false) : Uni.createFrom().failure(inOtherRoom(other)));
        }

        /** The caller is answered when the registry knows: what the player asks for next may rest on it. */
        private Uni<T> settled(Uni<T> entry) {
            return entry.onItemOrFailure()
                    .call((answer, failure) -> settle(failure == null ? outcome(answer) : outcome(failure)));
        }

        private Uni<Void> settle(Outcome outcome) {
            var present = claim;
            claim = null;
            if (present == null) return Uni.createFrom().voidItem();
            return claims.settle(present, outcome).onFailure().recoverWithNull();
        }

        private Outcome outcome(T answer) {
            return asked.entrant()
                    .place()
                    .apply(answer)
                    .flatMap(place -> place.room()
                            .or(asked::room)
                            .map(id -> place.waits() ? new Outcome.Waits(id) : new Outcome.In(id)))
                    .orElseGet(Outcome.Refused::new);
        }

        /** Whoever was not answered may be in, or get in until the deadline; so may who met a bug. */
        private Outcome outcome(Throwable failure) {
            return switch (failure) {
                case Refusal refusal ->
                    switch (refusal.reason()) {
                        case OWNER_UNAVAILABLE, INTERNAL -> doubtful();
                        default -> new Outcome.Refused();
                    };
                case OwnerRefused _ -> new Outcome.Refused();
                default -> doubtful();
            };
        }

        private Outcome doubtful() {
            return new Outcome.Doubtful(asked.until().notAfterMs());
        }

        private Refusal entering(Duration rest) {
            return new Refusal(Reason.ALREADY_ENTERING, "Another call of the player is on its way into this game")
                    .retryAfter(rest.compareTo(retry) < 0 ? rest : retry);
        }

        private void count(Optional<Answer> answer) {
            var outcome = answer.map(given -> switch (given) {
                        case Answer.Granted _ -> "granted";
                        case Answer.Held _ -> "held";
                        case Answer.Busy _ -> "busy";
                    })
                    .orElse("unclaimed");
            meters.counter("gamehall.entries", "outcome", outcome).increment();
        }
    }
}
