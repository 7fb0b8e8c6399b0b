package io.gamehall.reward.pipeline.domain;

/**
 * What values a fact may hold. A fact that passes fits its columns, so that the database has no cause to refuse it.
 * Every check throws {@link IllegalArgumentException} with a message for whoever reads the dead letter.
 */
public final class Bounds {
    /** The last millisecond of the year 9999. */
    public static final long TIME_MS_MAX = 253_402_300_799_999L;

    private Bounds() {}

    /** A number from {@code min} to {@code max}, both included. */
    public static long between(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is %d, not %d to %d".formatted(what, value, min, max));
        }
        return value;
    }

    /** A time in milliseconds since 1970. */
    public static long timeMs(String what, long value) {
        return between(what, value, 1, TIME_MS_MAX);
    }

    /**
     * 1 to {@code lengthMax} ASCII characters without spaces. (Space is out because MySQL compares 'a' and 'a ' as
     * equal, and a key that Java and the database see differently would never get through.)
     */
    public static String visibleAscii(String what, String value, int lengthMax) {
        if (value.isEmpty()) throw new IllegalArgumentException(what + " is missing");
        if (value.length() > lengthMax) {
            throw new IllegalArgumentException("%s has more than %d characters".formatted(what, lengthMax));
        }
        if (!value.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new IllegalArgumentException(what + " has characters other than visible ASCII");
        }
        return value;
    }

    /** 1 to {@code lengthMax} characters of any script, not all of them blank. */
    public static String text(String what, String value, int lengthMax) {
        if (value.isBlank()) throw new IllegalArgumentException(what + " is missing");
        if (value.codePointCount(0, value.length()) > lengthMax) {
            throw new IllegalArgumentException("%s has more than %d characters".formatted(what, lengthMax));
        }
        return value;
    }
}
