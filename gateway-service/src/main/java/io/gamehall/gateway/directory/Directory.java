package io.gamehall.gateway.directory;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Every room of the hall, who is where and who owns what, as the journal tells it: what any thread may read at any time
 * without waiting. Written by {@link DirectoryFollower} alone. Each room is newest by itself; several rooms together
 * are not of one instant.
 */
@Singleton
public class Directory {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ConcurrentSkipListMap<RoomId, RoomSummary> rooms = new ConcurrentSkipListMap<>();
    private final Map<PlayerId, List<RoomId>> whereabouts = new ConcurrentHashMap<>();
    private final Map<PlayerId, List<RoomId>> waits = new ConcurrentHashMap<>();
    private final Map<Integer, String> owners = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
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
        return rooms.values().stream().filter(room -> isOf(game, room)).toList();
    }

    /**
     * A page of rooms.
     *
     * @param game empty: all games
     * @param after the last room of the page before
     * @param size 1-{@link RoomPage#SIZE_MAX}
     * @throws Refusal GAME_UNKNOWN, PAGE_INVALID, DEPENDENCY_UNAVAILABLE
     */
    public RoomPage page(String game, Optional<RoomId> after, int size) {
        if (size < 1 || size > RoomPage.SIZE_MAX) {
            throw new Refusal(Reason.PAGE_INVALID, "A page has 1-" + RoomPage.SIZE_MAX + " rooms");
        }
        requireGame(game);
        long seen = version.get();
        var page = new ArrayList<RoomSummary>(size);
        var rest = after.map(last -> rooms.tailMap(last, false)).orElse(rooms);
        for (var room : rest.values()) {
            if (!isOf(game, room)) continue;
            if (page.size() == size) return new RoomPage(seen, page, true);
            page.add(room);
        }
        return new RoomPage(seen, page, false);
    }

    /**
     * Lets only a game through of which there are rooms; no game ("") is let through, too.
     *
     * @throws Refusal GAME_UNKNOWN, or DEPENDENCY_UNAVAILABLE while the journal is still being read
     */
    public void requireGame(String game) {
        requireCaughtUp();
        if (game.isEmpty()) return;
        for (var room : rooms.values()) if (room.game().equals(game)) return;
        throw new Refusal(Reason.GAME_UNKNOWN, "The games are " + games());
    }

    /** @throws Refusal DEPENDENCY_UNAVAILABLE while the journal is still being read */
    public void requireCaughtUp() {
        if (caughtUp) return;
        throw new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The journal is still being read").retryAfter(RETRY);
    }

    /** The games of the rooms, in the order of their names. */
    public Set<String> games() {
        return rooms.values().stream().map(RoomSummary::game).collect(Collectors.toCollection(TreeSet::new));
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
        if (room.equals(rooms.put(room.id(), room))) return false;
        version.incrementAndGet();
        return true;
    }

    void put(int partition, String endpoint) {
        owners.put(partition, endpoint);
    }

    /** The player is in the room, and waits no more. */
    void entered(PlayerId player, RoomId room) {
        remove(waits, player, room);
        add(whereabouts, player, room);
    }

    void waits(PlayerId player, RoomId room) {
        remove(whereabouts, player, room);
        add(waits, player, room);
    }

    /** The player is not in the room, and does not wait either. */
    void left(PlayerId player, RoomId room) {
        remove(whereabouts, player, room);
        remove(waits, player, room);
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
