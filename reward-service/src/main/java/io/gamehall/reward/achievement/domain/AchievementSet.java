package io.gamehall.reward.achievement.domain;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The set of a role while a batch is worked on: the newest chunk, and those of the filled ones that hold a type of the
 * batch. Each step depends on what stands and on one report alone, so the chunks do not show where a batch ended.
 */
final class AchievementSet {
    private static final int SPARSE = 4;

    private final Limits limits;
    private final Part newest;
    /** Loaded ones and new ones. */
    private final TreeMap<Integer, Part> filled = new TreeMap<>();

    private final TreeSet<Integer> gone = new TreeSet<>();
    private final TreeMap<String, Integer> places = new TreeMap<>();
    private int filledEver;
    private int types;

    /** A chunk that can be changed. */
    private static final class Part {
        private final Optional<Long> before;
        private TreeMap<String, Achievement> achievements;
        private long version;
        private int bytes;

        Part(Optional<Long> before, long version, SortedMap<String, Achievement> achievements) {
            this.before = before;
            this.version = version;
            this.achievements = new TreeMap<>(achievements);
            achievements.values().forEach(achievement -> bytes += achievement.bytes());
        }

        void put(Achievement achievement) {
            achievements.put(achievement.type(), achievement);
            bytes += achievement.bytes();
        }

        boolean remove(String type) {
            var removed = achievements.remove(type);
            if (removed != null) bytes -= removed.bytes();
            return removed != null;
        }

        TreeMap<String, Achievement> empty() {
            var all = achievements;
            achievements = new TreeMap<>();
            bytes = 0;
            return all;
        }

        Optional<Taken.Change> change(int filledEver, int types) {
            if (version == before.orElse(0L)) return Optional.empty();
            return Optional.of(new Taken.Change(before, new Chunk(filledEver, types, version, achievements)));
        }
    }

    AchievementSet(Optional<Chunk> newest, Limits limits) {
        var chunk = newest.orElse(Chunk.NONE);
        this.limits = limits;
        this.newest = new Part(newest.map(Chunk::version), chunk.version(), chunk.achievements());
        this.filledEver = chunk.filled();
        this.types = chunk.types();
    }

    /** Brings in a filled chunk that stands recorded. */
    void load(int number, Chunk chunk) {
        filled.put(number, new Part(Optional.of(chunk.version()), chunk.version(), chunk.achievements()));
        chunk.achievements().keySet().forEach(type -> places.put(type, number));
    }

    Optional<Achievement> find(String type) {
        var place = places.get(type);
        var part = place == null ? newest : filled.get(place);
        return Optional.ofNullable(part.achievements.get(type));
    }

    /**
     * Puts an achievement into the newest chunk, in place of an older one of its type wherever that stands.
     *
     * @throws ReportRefused if the type is new, and one too many
     */
    void put(Achievement achievement) {
        var type = achievement.type();
        if (!newest.remove(type) && !takeOut(type)) {
            if (types >= limits.types()) throw new ReportRefused("The role has %d types already".formatted(types));
            types++;
        }
        newest.version++;
        place(achievement);
    }

    private boolean takeOut(String type) {
        var place = places.remove(type);
        if (place == null) return false;
        var part = filled.get(place);
        part.remove(type);
        part.version++;
        if (part.bytes <= limits.chunkBytes() / SPARSE) dissolve(place, part);
        return true;
    }

    /** What is left moves on, so that chunks do not become many and empty. */
    private void dissolve(int number, Part part) {
        filled.remove(number);
        if (part.before.isPresent()) gone.add(number);
        places.keySet().removeAll(part.achievements.keySet());
        part.achievements.values().forEach(this::place);
    }

    private void place(Achievement achievement) {
        if (newest.bytes > 0 && newest.bytes + achievement.bytes() > limits.chunkBytes()) fill();
        newest.put(achievement);
    }

    /** The newest chunk is full: it gets its number, and an empty one follows. */
    private void fill() {
        var number = ++filledEver;
        var part = new Part(Optional.empty(), 1, newest.empty());
        filled.put(number, part);
        part.achievements.keySet().forEach(type -> places.put(type, number));
    }

    /** The chunks to be written, by number. */
    SortedMap<Integer, Taken.Change> changed() {
        var changed = new TreeMap<Integer, Taken.Change>();
        newest.change(filledEver, types).ifPresent(change -> changed.put(Chunk.NEWEST, change));
        filled.forEach((number, part) -> part.change(0, 0).ifPresent(change -> changed.put(number, change)));
        return changed;
    }

    /** The recorded chunks that are to be deleted. */
    SortedSet<Integer> gone() {
        return gone;
    }

    /** The filled chunk that each type of the loaded and the new ones stands in. */
    SortedMap<String, Integer> places() {
        return places;
    }
}
