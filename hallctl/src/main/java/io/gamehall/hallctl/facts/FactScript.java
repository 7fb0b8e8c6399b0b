package io.gamehall.hallctl.facts;

import io.gamehall.v1.GameResult.Outcome;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Endless facts of skewed players, each made of its number alone: whoever has the same script can tell what the others
 * have told. Immutable.
 */
public final class FactScript {
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private static final int SCORE_MAX = 100;
    private static final int AMOUNT_MAX = 1_000;
    private static final int DRAWN_PERCENT = 8;
    private static final int DISPUTED_PERCENT = 2;
    private static final int ITEM_PERCENT = 10;

    private final Crowd crowd;
    private final String name;
    private final TreeMap<Integer, FactKind> kinds = new TreeMap<>();
    private final int shares;
    private final long seed;
    private final long atMs;
    private final Zipf ranks;

    /**
     * The players.
     *
     * @param first the lowest id; the others follow
     * @param exponent of Zipf's law; 0: all alike
     */
    public record Crowd(long first, int players, double exponent) {
        /** The highest id. */
        public long last() {
            return first + players - 1;
        }
    }

    /**
     * @param name part of every fact's id: not used twice for the same players
     * @param mix shares of the kinds, in any unit
     * @param atMs when all of it happened, milliseconds since 1970
     */
    public FactScript(Crowd crowd, String name, Map<FactKind, Integer> mix, long seed, long atMs) {
        this.crowd = crowd;
        this.name = name;
        this.seed = seed;
        this.atMs = atMs;
        ranks = new Zipf(crowd.players(), crowd.exponent());
        int sum = 0;
        for (var share : new TreeMap<>(mix).entrySet()) {
            if (share.getValue() == 0) continue;
            kinds.put(sum, share.getKey());
            sum += share.getValue();
        }
        if (sum <= 0) throw new IllegalArgumentException("A mix of nothing");
        shares = sum;
    }

    public Crowd crowd() {
        return crowd;
    }

    /** @param number from 0 */
    public LoadFact at(long number) {
        var random = new SplittableRandom(seed + number * SPREAD);
        long player = crowd.first() + ranks.draw(random);
        return switch (kinds.floorEntry(random.nextInt(shares)).getValue()) {
            case RESULTS -> round(number, player, random);
            case JOINS -> join(number, player, random);
        };
    }

    private LoadFact round(long number, long player, SplittableRandom random) {
        int chance = random.nextInt(100);
        int score = random.nextInt(1, SCORE_MAX + 1);
        var id = name + "/1/" + number + "/" + player;
        if (chance < DISPUTED_PERCENT) return new RoundFact(player, id, number, Outcome.DISPUTED_ROUND, score, atMs);
        if (chance < DISPUTED_PERCENT + DRAWN_PERCENT) {
            return new RoundFact(player, id, number, Outcome.DRAWN, 0, atMs);
        }
        return random.nextBoolean()
                ? new RoundFact(player, id, number, Outcome.WON, score, atMs)
                : new RoundFact(player, id, number, Outcome.LOST, -score, atMs);
    }

    private LoadFact join(long number, long player, SplittableRandom random) {
        var id = name + ":" + player + ":" + number;
        return random.nextInt(100) < ITEM_PERCENT
                ? new JoinFact(player, id, number, name, "item", 1, atMs)
                : new JoinFact(player, id, number, name, JoinFact.POINTS, random.nextInt(1, AMOUNT_MAX + 1), atMs);
    }

    /** The number of a fact of this script, of its id. @throws IllegalArgumentException if it is none of this script */
    public long numberOf(String id) {
        if (!id.startsWith(name)) throw new IllegalArgumentException("Not of " + name + ": " + id);
        var parts = id.substring(name.length() + 1).split("[/:]");
        return Long.parseLong(parts[1]);
    }

    /** Whether a fact is one of this script. */
    public boolean tells(String id) {
        return id.startsWith(name + "/") || id.startsWith(name + ":");
    }
}
