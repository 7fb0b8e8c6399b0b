package io.gamehall.gateway.routing.domain;

/**
 * How much a hall carries.
 *
 * @param address {@code host:port}
 * @param live streams that are open
 * @param capacity streams at most
 */
public record HallLoad(String address, long live, long capacity) {
    private static final long SHARE_EXPECTED = 10;

    public HallLoad {
        if (live < 0 || capacity < 0) throw new IllegalArgumentException("live " + live + ", capacity " + capacity);
    }

    public boolean isFull() {
        return live >= capacity;
    }

    /**
     * With players who were sent there and may not have come yet. A tenth of the capacity is the most that is believed:
     * who is sent has proved nothing, and could make the hall look full to all others.
     */
    public HallLoad expecting(int players) {
        return new HallLoad(address, live + Math.min(players, Math.max(1, capacity / SHARE_EXPECTED)), capacity);
    }

    /** The part of the capacity that is used; a hall without any is used up. */
    public double share() {
        return capacity == 0 ? 1 : (double) live / capacity;
    }

    /** Both behind one address. */
    public HallLoad plus(HallLoad other) {
        return new HallLoad(address, live + other.live, capacity + other.capacity);
    }

    /** What is left of the sum when one of those behind the address is taken out of it. */
    public HallLoad minus(HallLoad part) {
        return new HallLoad(address, Math.max(0, live - part.live), Math.max(0, capacity - part.capacity));
    }
}
