package io.gamehall.hallctl.bench;

/**
 * What a figure must reach, of the table in docs/benchmarks.md.
 *
 * @param key of the figure
 * @param atLeast whether more is better
 * @param floor needed to call the work done
 * @param goal where we are going
 */
record Target(String key, boolean atLeast, double floor, double goal) {
    static Target atLeast(String key, double floor, double goal) {
        return new Target(key, true, floor, goal);
    }

    static Target atMost(String key, double floor, double goal) {
        return new Target(key, false, floor, goal);
    }

    /** Nothing is required, but this is where we are going. */
    static Target aimAtMost(String key, double goal) {
        return new Target(key, false, Double.POSITIVE_INFINITY, goal);
    }

    boolean reaches(double value, double mark) {
        return atLeast ? value >= mark : value <= mark;
    }

    /** {@code ops_per_s 16,234: floor 15,000 reached, goal 45,000 missed (36 % of it)}. */
    String verdict(double value) {
        var sign = atLeast ? "" : "<= ";
        var text = "%s %s: ".formatted(key, Figures.text(value));
        if (!reaches(value, floor)) return text + "FLOOR " + sign + Figures.text(floor) + " MISSED";
        var floorText = "floor " + sign + Figures.text(floor) + " reached";
        if (goal == floor) return text + floorText;
        return text + (Double.isInfinite(floor) ? "" : floorText + ", ") + "goal " + sign + Figures.text(goal)
                + (reaches(value, goal) ? " reached" : " not yet" + distance(value));
    }

    private String distance(double value) {
        if (value == 0 || goal == 0) return "";
        return " (%.0f %% of it)".formatted(100 * (atLeast ? value / goal : goal / value));
    }
}
