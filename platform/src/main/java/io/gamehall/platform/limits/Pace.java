package io.gamehall.platform.limits;

import java.time.Duration;

/**
 * So many calls a second in the long run, and so many at once.
 *
 * @param rate 1-1,000,000
 * @param burst 1-1,000,000
 */
public record Pace(int rate, int burst) {
    private static final int MAX = 1_000_000;

    public Pace {
        if (rate < 1 || rate > MAX || burst < 1 || burst > MAX) {
            throw new IllegalArgumentException("Rate and burst are 1-" + MAX + ", not " + rate + "/" + burst);
        }
    }

    /** Reads {@code rate/burst}. */
    public static Pace of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) throw new IllegalArgumentException("Write rate/burst, e.g. 100/200, not " + text);
        return new Pace(
                Integer.parseInt(text.substring(0, slash).strip()),
                Integer.parseInt(text.substring(slash + 1).strip()));
    }

    /** After so long a silence a bucket is as good as new. */
    public Duration recovery() {
        return Duration.ofMillis(1 + 1_000L * burst / rate);
    }

    /** Within so long an empty bucket has a token again. */
    public Duration interval() {
        return Duration.ofMillis((1_000 + rate - 1) / rate);
    }
}
