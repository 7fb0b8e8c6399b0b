package io.gamehall.gateway.routing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.routing.domain.Question.Who;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever three halls are told of each other, nobody is sent on more than three times. A failing seed replays. */
class NoLoopTest {
    private static final int SEEDS = 40;
    private static final int WORLDS = 500;
    private static final List<String> ADDRESSES = List.of("a:1", "b:1", "c:1");
    private static final List<String> NAMES = List.of("south", "north", "east");

    @TestFactory
    Stream<DynamicTest> no_login_takes_more_than_three_hops() {
        return Stream.iterate(1L, seed -> seed + 1)
                .limit(SEEDS)
                .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    var random = new Random(seed);
                    for (int i = 0; i < WORLDS; i++) arrivesSoon(random);
                }));
    }

    @TestFactory
    Stream<DynamicTest> halls_that_are_told_the_truth_send_nobody_where_he_was() {
        return Stream.iterate(1L, seed -> seed + 1)
                .limit(SEEDS)
                .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    var random = new Random(seed);
                    for (int i = 0; i < WORLDS; i++) {
                        var visited = visits(random, truth(random));
                        assertThat(visited).doesNotHaveDuplicates();
                    }
                }));
    }

    private static void arrivesSoon(Random random) {
        var world = new HashMap<String, Surroundings>();
        for (var address : ADDRESSES) {
            var here = new Hall(pick(random, NAMES), address);
            world.put(
                    address,
                    new Surroundings(here, random.nextBoolean(), lies(random), regions(random), some(random, NAMES)));
        }
        var visited = visits(random, world);

        assertThat(visited.size() - 1).as("hops").isLessThanOrEqualTo(RoutingRules.HOPS_MAX);
    }

    /** The halls that a player comes to, until one keeps or refuses him. */
    private static List<String> visits(Random random, Map<String, Surroundings> world) {
        var asked = random.nextBoolean() ? "" : pick(random, NAMES);
        boolean newcomer = random.nextBoolean();
        var visited = new ArrayList<>(List.of(pick(random, ADDRESSES)));
        var trail = Optional.<Trail>empty();
        while (visited.size() <= 20) {
            var known = world.get(visited.getLast());
            // Each hall has a table of its own.
            var byAddress = random.nextBoolean() ? Optional.<String>empty() : Optional.of(pick(random, NAMES));
            var who = newcomer ? Who.NEWCOMER : Who.RETURNING;
            var route = RoutingRules.decide(new Question(who, asked, byAddress, trail), known);
            if (route instanceof Route.Stay && !newcomer) {
                route = RoutingRules.decide(new Question(Who.UNPROVEN, asked, byAddress, trail), known);
            }
            if (!(route instanceof Route.Go go)) return visited;
            trail = Optional.of(go.trail());
            visited.add(go.to().address());
        }
        return visited;
    }

    /** Each region's hall is its own, and loads are what they are. */
    private static Map<String, Surroundings> truth(Random random) {
        var regions = Map.of("south", "a:1", "north", "b:1", "east", "c:1");
        var world = new HashMap<String, Surroundings>();
        regions.forEach((name, address) -> world.put(
                address,
                new Surroundings(
                        new Hall(name, address), random.nextBoolean(), List.of(), regions, some(random, NAMES))));
        return world;
    }

    private static List<HallLoad> lies(Random random) {
        return some(random, ADDRESSES).stream()
                .map(address -> new HallLoad(address, random.nextInt(10), random.nextInt(10)))
                .toList();
    }

    private static Map<String, String> regions(Random random) {
        var regions = new HashMap<String, String>();
        some(random, NAMES).forEach(name -> regions.put(name, pick(random, ADDRESSES)));
        return regions;
    }

    private static <T> List<T> some(Random random, List<T> all) {
        return all.stream().filter(each -> random.nextInt(3) > 0).toList();
    }

    private static <T> T pick(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
