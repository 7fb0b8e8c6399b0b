package io.gamehall.activity.catalog.domain;

/**
 * What a join earns.
 *
 * @param name of the item or title, {@code points} for points; 1-{@value #NAME_MAX} characters
 * @param amount 1-{@value #AMOUNT_MAX}
 * @param delivery how it comes to the player
 */
public record Reward(Kind kind, String name, long amount, Delivery delivery) {
    public static final int NAME_MAX = 64;
    public static final long AMOUNT_MAX = 1_000_000_000;

    /** What is given. */
    public enum Kind {
        POINTS,
        ITEM,
        TITLE
    }

    /** How it comes to the player. */
    public enum Delivery {
        /** By itself, soon after the join. */
        AUTOMATIC,
        /** When the player asks for it. */
        CLAIMED
    }

    public Reward {
        if (name.isBlank() || name.length() > NAME_MAX) throw new IllegalArgumentException("name '" + name + "'");
        if (amount < 1 || amount > AMOUNT_MAX) throw new IllegalArgumentException("amount " + amount);
    }

    /** Given by itself. */
    public Reward(Kind kind, String name, long amount) {
        this(kind, name, amount, Delivery.AUTOMATIC);
    }
}
