package io.gamehall.gateway.directory;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.RoomId;
import java.util.Comparator;
import java.util.Optional;

/** In which order rooms are listed. Where rooms are equal, by their ids. */
public enum RoomOrder {
    BY_ID("id", Comparator.comparing(Key::id)),
    FULLEST_FIRST("fullest", Comparator.comparingInt(Key::members).reversed().thenComparing(Key::id)),
    EMPTIEST_FIRST("emptiest", Comparator.comparingInt(Key::members).thenComparing(Key::id));

    /** Not part of any room's id. */
    private static final String SEPARATOR = "_";

    private final String label;
    private final Comparator<Key> comparator;

    /**
     * A room's place in any order, which stays where it is when the room changes: so a list can be gone through page by
     * page while it does.
     */
    public record Key(int members, RoomId id) {
        static Key of(RoomSummary room) {
            return new Key(room.members(), room.id());
        }
    }

    RoomOrder(String label, Comparator<Key> comparator) {
        this.label = label;
        this.comparator = comparator;
    }

    /**
     * The order of a name: {@code id}, {@code fullest} or {@code emptiest}.
     *
     * @throws Refusal PAGE_INVALID
     */
    public static RoomOrder named(String name) {
        for (var order : values()) if (order.label.equals(name)) return order;
        throw new Refusal(Reason.PAGE_INVALID, "The orders are id, fullest and emptiest");
    }

    Comparator<Key> comparator() {
        return comparator;
    }

    /** Where the next page begins: after this room. Good for this order only. */
    String token(Key last) {
        return this == BY_ID
                ? last.id().value()
                : String.join(
                        SEPARATOR,
                        label,
                        Integer.toString(last.members()),
                        last.id().value());
    }

    /**
     * @param token of the page before; empty for the first page
     * @throws Refusal PAGE_INVALID
     */
    public Optional<Key> after(String token) {
        if (token.isEmpty()) return Optional.empty();
        try {
            if (this == BY_ID) return Optional.of(new Key(0, new RoomId(token)));
            var parts = token.split(SEPARATOR);
            if (parts.length == 3 && parts[0].equals(label)) {
                return Optional.of(new Key(Integer.parseInt(parts[1]), new RoomId(parts[2])));
            }
        } catch (IllegalArgumentException invalid) {
            throw notAToken();
        }
        throw notAToken();
    }

    private static Refusal notAToken() {
        return new Refusal(Reason.PAGE_INVALID, "Not the token of a page in this order");
    }
}
