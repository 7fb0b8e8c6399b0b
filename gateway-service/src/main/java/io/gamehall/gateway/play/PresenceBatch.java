package io.gamehall.gateway.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Connected players, by the partitions of their rooms: what one message tells one owner.
 *
 * @param present at most {@link #PLAYERS_MAX} in all
 */
public record PresenceBatch(Map<Integer, List<Presence>> present) {
    /** At up to 20 bytes each, a message stays under 200 KiB, with which every server's limit can live. */
    public static final int PLAYERS_MAX = 8_000;

    public PresenceBatch {
        present = Map.copyOf(present);
    }

    /** As many batches as it takes. */
    public static List<PresenceBatch> split(Map<Integer, List<Presence>> all) {
        var batches = new ArrayList<PresenceBatch>();
        var next = new TreeMap<Integer, List<Presence>>();
        int places = PLAYERS_MAX;
        for (var partition : all.entrySet()) {
            var rest = partition.getValue();
            while (!rest.isEmpty()) {
                int taken = Math.min(places, rest.size());
                next.put(partition.getKey(), List.copyOf(rest.subList(0, taken)));
                rest = rest.subList(taken, rest.size());
                places -= taken;
                if (places == 0) {
                    batches.add(new PresenceBatch(next));
                    next = new TreeMap<>();
                    places = PLAYERS_MAX;
                }
            }
        }
        if (!next.isEmpty()) batches.add(new PresenceBatch(next));
        return batches;
    }
}
