package io.gamehall.gateway.play;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.RoomSummary;
import io.gamehall.platform.AskedOnce;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds a room of a game. The directory, and the answers of the owners, say whom to ask next; only an owner's answer
 * counts. In one pass each partition with open rooms of the game is asked once at most, those with space first; while a
 * room seems to have space, another pass follows, until the deadline. So no player is refused while one room has space.
 * A partition whose owner can't be reached is passed by; one whose owner may have let the player in, but has not said
 * so, is the last that is asked.
 */
@Singleton
public class AutoEntry {
    private static final Comparator<RoomSummary> SPACE_THEN_FULLEST = Comparator.comparing(RoomSummary::hasSpace)
            .thenComparing(RoomSummary::members)
            .reversed();
    /** How long the directory may take to show a place that was free before an owner's answer. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static final Duration LOOK_FOR_ENTRY = Duration.ofMillis(5);
    /** With less time than this no further pass begins. */
    private static final Duration PASS_MIN = Duration.ofMillis(100);

    private final Directory directory;
    private final Owners owners;
    private final WaitLists waitLists;
    private final Entries entries;
    private final PlayConfig config;
    /** Searches that are under way; each ends with its deadline. */
    private final Map<Seeker, Uni<?>> underWay = new ConcurrentHashMap<>();

    private record Seeker(PlayerId player, long generation, String game) {}

    AutoEntry(Directory directory, Owners owners, WaitLists waitLists, Entries entries, PlayConfig config) {
        this.directory = directory;
        this.owners = owners;
        this.waitLists = waitLists;
        this.entries = entries;
        this.config = config;
    }

    /**
     * Enters the fullest room that has space. The player's room of this game, if there is one, is asked first: it knows
     * whether this is a repeat. Refused with ALREADY_ENTERING while another call is about to enter one.
     *
     * @param calls the call of a pass, counted from 0: an owner remembers what it answered to a request id, so each
     *     pass needs its own
     */
    public <T> Uni<T> enter(Entrant<T> entrant, String game, IntFunction<OwnerCall<T>> calls) {
        directory.requireGame(game);
        var seeker = new Seeker(entrant.player(), entrant.generation(), game);
        var asked = new Entries.Asked<>(entrant, game, Optional.empty(), Deadline.in(config.deadline()));
        // Two searches for one player could find two rooms: who asks again while one is under way gets its answer.
        @SuppressWarnings("unchecked")
        var shared = (Uni<T>) underWay.computeIfAbsent(
                seeker,
                first -> AskedOnce.of(entries.enter(
                                asked,
                                granted -> seek(asked, calls, granted.in(), granted.waitsFor()),
                                () -> unclaimed(asked, calls))
                        .onTermination()
                        .invoke(() -> underWay.remove(seeker))));
        return shared;
    }

    /** Without the registry, the player's next search can begin at the player's room only when the directory shows it. */
    private <T> Uni<T> unclaimed(Entries.Asked<T> asked, IntFunction<OwnerCall<T>> calls) {
        var player = asked.entrant().player();
        return seek(asked, calls, directory.roomOf(player, asked.game()), Optional.empty())
                .call(entered -> seen(player, asked.game(), asked.until().within(config.settle())));
    }

    private <T> Uni<T> seek(
            Entries.Asked<T> asked, IntFunction<OwnerCall<T>> calls, Optional<RoomId> present, Optional<RoomId> line) {
        if (present.isPresent() && directory.whereIs(asked.entrant().player()).contains(present.get())) {
            return owners.call(PlayCalls.partition(present.get()), asked.until(), calls.apply(0))
                    .onFailure(TryFailed.class)
                    .transform(Throwable::getCause);
        }
        // A room that the directory does not show, or not any more: its owner knows, and is asked first.
        return new Search<>(asked, calls, present, line).pass(0, config.backoff());
    }

    /** Waits until the directory shows the player's room, so that the player's next search begins there. */
    private Uni<Void> seen(PlayerId player, String game, Deadline until) {
        if (directory.roomOf(player, game).isPresent() || !until.rest().isPositive())
            return Uni.createFrom().voidItem();
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(LOOK_FOR_ENTRY)
                .flatMap(waited -> seen(player, game, until));
    }

    /** One player's search. Steps follow each other, on whatever threads. */
    private final class Search<T> {
        private final Entrant<T> entrant;
        private final String game;
        private final Deadline until;
        private final IntFunction<OwnerCall<T>> calls;
        private final Optional<RoomId> line;
        /** Of the room in which the player is as far as the registry knows: it is not passed by. */
        private final Optional<Integer> present;
        /** Rooms that the newest answer named. */
        private List<RoomId> alternatives;
        /** Partitions that were passed by, because nobody could be asked about them. */
        private final Set<Integer> unreached = new HashSet<>();

        Search(Entries.Asked<T> asked, IntFunction<OwnerCall<T>> calls, Optional<RoomId> first, Optional<RoomId> line) {
            this.entrant = asked.entrant();
            this.game = asked.game();
            this.until = asked.until();
            this.calls = calls;
            this.alternatives = first.stream().toList();
            this.line = line;
            this.present = first.map(PlayCalls::partition);
        }

        Uni<T> pass(int number, Duration pause) {
            var rooms = directory.rooms(game);
            boolean space = rooms.stream().anyMatch(RoomSummary::hasSpace);
            var nobodyAsked = TryFailed.full(List.of(), new Refusal(Reason.GAME_FULL, "No room of the game is open"));
            // Who waits stays in line while no room has space.
            return (space ? leaveLines() : Uni.createFrom().voidItem())
                    .flatMap(left -> {
                        var rest = rest(rooms, space, number);
                        unreached.clear();
                        return next(number, rest, nobodyAsked);
                    })
                    .onFailure(TryFailed.class)
                    .recoverWithUni(failed -> another(number, pause, failed.getCause()));
        }

        private Uni<Void> leaveLines() {
            return waitLists.leave(lines(), Optional.empty(), until, entrant.leave());
        }

        private List<RoomId> lines() {
            return waitLists.of(entrant.player(), game, line);
        }

        /** Asks the partitions that the newest answer named, then the rest, each once. */
        private Uni<T> next(int pass, Rest rest, TryFailed lastAnswer) {
            var partition = rest.next(alternatives);
            if (partition.isEmpty()) return Uni.createFrom().failure(lastAnswer);
            return ask(partition.get(), calls.apply(pass))
                    .onFailure(TryFailed.class)
                    .recoverWithUni(failure -> {
                        var failed = (TryFailed) failure;
                        if (failed.kind() == TryFailed.Kind.UNREACHED) unreached.add(partition.get());
                        else alternatives = failed.alternatives();
                        // That all rooms are full is known of those only whose owners said so.
                        boolean unknown = lastAnswer.kind() == TryFailed.Kind.UNREACHED;
                        return next(pass, rest, unknown ? lastAnswer : failed);
                    });
        }

        private Uni<T> ask(int partition, OwnerCall<T> call) {
            return present.isPresent() && present.get() == partition
                    ? owners.call(partition, until, call)
                    : owners.callOrPass(partition, until, call);
        }

        private Uni<T> another(int pass, Duration pause, Throwable refusal) {
            var wait = pause.compareTo(LOOK_AGAIN) > 0 ? pause : LOOK_AGAIN;
            if (wait.plus(PASS_MIN).compareTo(until.rest()) >= 0)
                return Uni.createFrom().failure(refusal);
            return Uni.createFrom().voidItem().onItem().delayIt().by(wait).flatMap(waited -> {
                if (alternatives.isEmpty()
                        && unreached.isEmpty()
                        && directory.rooms(game).stream().noneMatch(RoomSummary::hasSpace)) {
                    return Uni.createFrom().failure(refusal);
                }
                var longer = wait.multipliedBy(2);
                return pass(pass + 1, longer.compareTo(config.backoffMax()) < 0 ? longer : config.backoffMax());
            });
        }

        /** The first pass asks all that is open: the directory may not show yet where space is. */
        private Rest rest(List<RoomSummary> rooms, boolean space, int pass) {
            var lines = space ? List.<RoomId>of() : lines();
            // Only the owner of the line can end the wait and let the player in elsewhere in one step.
            if (!lines.isEmpty()) return new Rest(lines, true);
            var open = rooms.stream()
                    .filter(room -> pass == 0 || unreached.contains(PlayCalls.partition(room.id()))
                            ? room.open()
                            : room.hasSpace())
                    .sorted(SPACE_THEN_FULLEST)
                    .map(RoomSummary::id)
                    .toList();
            var away = open.stream()
                    .map(PlayCalls::partition)
                    .distinct()
                    .filter(owners::isAway)
                    .collect(Collectors.toSet());
            if (away.isEmpty()) return new Rest(open, false);
            var byAway = open.stream().collect(Collectors.partitioningBy(id -> away.contains(PlayCalls.partition(id))));
            return new Rest(
                    Stream.concat(byAway.get(false).stream(), byAway.get(true).stream())
                            .toList(),
                    false);
        }
    }

    /** Partitions that were not asked yet in this pass. */
    private static final class Rest {
        private final ArrayDeque<RoomId> rooms;
        private final boolean isComplete;
        private final Set<Integer> asked = new HashSet<>();

        /** @param isComplete whether no other rooms than these may be asked */
        Rest(List<RoomId> rooms, boolean isComplete) {
            this.rooms = new ArrayDeque<>(rooms);
            this.isComplete = isComplete;
        }

        Optional<Integer> next(List<RoomId> first) {
            if (!isComplete) {
                for (var room : first) {
                    if (asked.add(PlayCalls.partition(room))) return Optional.of(PlayCalls.partition(room));
                }
            }
            while (!rooms.isEmpty()) {
                int partition = PlayCalls.partition(rooms.poll());
                if (asked.add(partition)) return Optional.of(partition);
            }
            return Optional.empty();
        }
    }
}
