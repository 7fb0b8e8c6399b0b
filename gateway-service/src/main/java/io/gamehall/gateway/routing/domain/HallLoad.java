package io.gamehall.gateway.routing.domain;

/**
 * How much a hall carries.
 *
 * @param address {@code host:port}
 * @param live streams that are open
 * @param capacity streams at most
 */
public record HallLoad(String address, long live, long capacity) {
    public HallLoad {
        if (live < 0 || capacity < 0) throw new IllegalArgumentException("live " + live + ", capacity " + capacity);
    }

    public boolean isFull() {
        return live >= capacity;
    }

    /** The part of the capacity that is used; a hall without any is used up. */
    public double share() {
        return capacity == 0 ? 1 : (double) live / capacity;
    }

    /** Both behind one address. */
    public HallLoad plus(HallLoad other) {
        return new HallLoad(address, live + other.live, capacity + other.capacity);
    }
}
