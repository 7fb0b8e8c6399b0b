package io.gamehall.hallctl.facts;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Ranks of which the first ones are drawn most often: rank r with a weight of 1 / (r + 1)^s. Immutable. */
public final class Zipf {
    private final double[] upTo;

    /**
     * @param ranks how many
     * @param exponent the s; 0: all alike
     */
    public Zipf(int ranks, double exponent) {
        upTo = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += Math.pow(rank + 1, -exponent);
            upTo[rank] = sum;
        }
    }

    /** A rank, from 0. */
    public int draw(RandomGenerator random) {
        int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(at < 0 ? -at - 1 : at + 1, upTo.length - 1);
    }
}
