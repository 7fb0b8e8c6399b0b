package io.gamehall.gateway.directory;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Every room of the hall, who is where and who owns what, as the journal tells it: what any thread may read at any time
 * without waiting. Written by {@link DirectoryFollower} alone. Each room is newest by itself; several rooms together
 * are not of one instant.
 */
@Singleton
public class Directory {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RoomIndex rooms = new RoomIndex();
    /** Of the rooms of each game. */
    private final Map<String, Long> changes = new ConcurrentHashMap<>();

    private final Map<PlayerId, List<RoomId>> whereabouts = new ConcurrentHashMap<>();
    private final Map<PlayerId, List<RoomId>> waits = new ConcurrentHashMap<>();
    private final Map<Integer, String> owners = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong moves = new AtomicLong();
    private volatile boolean caughtUp;

    /** Whether everything that stood in the journal at the start of this process has been read. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** Grows with each change of a room. */
    public long version() {
        return version.get();
    }

    public Optional<RoomSummary> room(RoomId id) {
        return Optional.ofNullable(rooms.get(id));
    }

    /** All rooms of a game, or of all games where it is empty, in the order of their ids. */
    public List<RoomSummary> rooms(String game) {
        return rooms.all().stream().filter(room -> isOf(game, room)).toList();
    }

    public int roomCount() {
        return rooms.size();
    }

    /** Has another value when what a query finds may have changed. */
    public long changes(RoomQuery query) {
        long seen = query.game().isEmpty() ? version.get() : changes.getOrDefault(query.game(), 0L);
        // Both only grow, so the sum is the same only if both are.
        return query.with().isEmpty() ? seen : seen + moves.get();
    }

    /**
     * A page of rooms.
     *
     * @throws Refusal GAME_UNKNOWN, DEPENDENCY_UNAVAILABLE
     */
    public RoomPage page(RoomQuery query) {
        requireGame(query.game());
        long seen = version.get();
        var found = query.with().isEmpty()
                ? rooms.after(query.order(), query.after(), query::matches)
                : among(query.with(), query);
        var page = new ArrayList<>(found.limit(query.size() + 1L).toList());
        if (page.size() <= query.size()) return new RoomPage(seen, page, "");
        page.removeLast();
        return new RoomPage(seen, page, query.order().token(RoomOrder.Key.of(page.getLast())));
    }

    private Stream<RoomSummary> among(Set<PlayerId> players, RoomQuery query) {
        var comparator = query.order().comparator();
        return players.stream()
                .flatMap(player -> whereIs(player).stream())
                .distinct()
                .map(rooms::get)
                .filter(Objects::nonNull)
                .filter(query::matches)
                .filter(room -> query.after().isEmpty()
                        || comparator.compare(
                                        RoomOrder.Key.of(room), query.after().get())
                                > 0)
                .sorted(Comparator.comparing(RoomOrder.Key::of, comparator));
    }

    /**
     * Lets only a game through of which there are rooms; no game ("") is let through, too.
     *
     * @throws Refusal GAME_UNKNOWN, or DEPENDENCY_UNAVAILABLE while the journal is still being read
     */
    public void requireGame(String game) {
        requireCaughtUp();
        if (game.isEmpty()) return;
        if (changes.containsKey(game)) return;
        throw new Refusal(Reason.GAME_UNKNOWN, "The games are " + games());
    }

    /** @throws Refusal DEPENDENCY_UNAVAILABLE while the journal is still being read */
    public void requireCaughtUp() {
        if (caughtUp) return;
        throw new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The journal is still being read").retryAfter(RETRY);
    }

    /** The games of the rooms, in the order of their names. */
    public Set<String> games() {
        return new TreeSet<>(changes.keySet());
    }

    /** The rooms in which a player is; by the rules one for each game. */
    public List<RoomId> whereIs(PlayerId player) {
        return whereabouts.getOrDefault(player, List.of());
    }

    /** The rooms for a place in which a player waits. */
    public List<RoomId> waitsFor(PlayerId player) {
        return waits.getOrDefault(player, List.of());
    }

    /** A player's room of a game. */
    public Optional<RoomId> roomOf(PlayerId player, String game) {
        for (var id : whereIs(player)) {
            var room = rooms.get(id);
            if (room != null && room.game().equals(game)) return Optional.of(id);
        }
        return Optional.empty();
    }

    /** {@code host:port} of the process that owns a partition, if anyone ever claimed it. */
    public Optional<String> owner(int partition) {
        return Optional.ofNullable(owners.get(partition));
    }

    /** {@code host:port} of everyone who owns a partition. */
    public Set<String> owners() {
        return Set.copyOf(owners.values());
    }

    void becomeCaughtUp() {
        caughtUp = true;
    }

    /** @return whether that is news */
    boolean put(RoomSummary room) {
        if (!rooms.put(room)) return false;
        version.incrementAndGet();
        changes.merge(room.game(), 1L, Long::sum);
        return true;
    }

    void put(int partition, String endpoint) {
        owners.put(partition, endpoint);
    }

    /** The player is in the room, and waits no more. */
    void entered(PlayerId player, RoomId room) {
        remove(waits, player, room);
        add(whereabouts, player, room);
        moves.incrementAndGet();
    }

    void waits(PlayerId player, RoomId room) {
        remove(whereabouts, player, room);
        add(waits, player, room);
        moves.incrementAndGet();
    }

    /** The player is not in the room, and does not wait either. */
    void left(PlayerId player, RoomId room) {
        remove(whereabouts, player, room);
        remove(waits, player, room);
        moves.incrementAndGet();
    }

    private static void add(Map<PlayerId, List<RoomId>> rooms, PlayerId player, RoomId room) {
        rooms.merge(player, List.of(room), (in, more) -> {
            if (in.contains(room)) return in;
            var all = new ArrayList<>(in);
            all.add(room);
            return List.copyOf(all);
        });
    }

    private static void remove(Map<PlayerId, List<RoomId>> rooms, PlayerId player, RoomId room) {
        rooms.computeIfPresent(player, (gone, in) -> {
            var rest = in.stream().filter(id -> !id.equals(room)).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    private static boolean isOf(String game, RoomSummary room) {
        return game.isEmpty() || room.game().equals(game);
    }
}
