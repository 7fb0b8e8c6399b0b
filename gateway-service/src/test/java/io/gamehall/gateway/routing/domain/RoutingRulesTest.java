package io.gamehall.gateway.routing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.routing.domain.Question.Who;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The hall that is asked is south:1. Its region has south:2 and south:3, too; of the regions north and east it knows
 * the halls north:1 and east:1. A trail is written {@code decided region > stop > stop}, each stop by its address.
 */
class RoutingRulesTest {
    private static final Hall HERE = new Hall("south", "south:1");
    private static final Map<String, String> REGIONS =
            Map.of("south", "south:1", "north", "north:1", "east", "east:1", "mirror", "south:1");

    @ParameterizedTest(name = "{0} asking for {1}, from {2}, trail {3}: {4}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // who    | asked | address | trail               | route
                // The asked region goes before all else.
                "NEWCOMER | south | north | -                   | stay",
                "NEWCOMER | north | east  | -                   | REGION north:1, north > south:1",
                "RETURNING| north | -     | -                   | REGION north:1, north > south:1",
                "NEWCOMER | west  | -     | -                   | nowhere",
                "RETURNING| west  | -     | -                   | nowhere",
                // A newcomer who asks for none goes where the address belongs.
                "NEWCOMER | -     | north | -                   | REGION north:1, north > south:1",
                "NEWCOMER | -     | south | -                   | stay",
                "NEWCOMER | -     | -     | -                   | stay",
                "NEWCOMER | -     | west  | -                   | stay",
                // An account is looked for here first, and only then where the address belongs.
                "RETURNING| -     | north | -                   | stay",
                "UNPROVEN | -     | north | -                   | REGION north:1, north > south:1",
                "UNPROVEN | -     | south | -                   | stay",
                "UNPROVEN | -     | -     | -                   | stay",
                "UNPROVEN | south | north | -                   | stay",
                // Whoever was sent here has a region already: not searched for again.
                "NEWCOMER | -     | north | south > east:1      | stay",
                "RETURNING| -     | north | south > east:1      | stay",
                "UNPROVEN | -     | north | south > east:1      | stay",
                "NEWCOMER | north | -     | south > north:1     | stay",
                // Sent to the wrong hall: on to the right one, as long as there are hops left.
                "NEWCOMER | -     | -     | north > east:1      | REGION north:1, north > east:1 > south:1",
                "NEWCOMER | -     | -     | north > east:1 > west:1 > east:1 | stay",
                // A region that others know and this hall does not: as good as here.
                "NEWCOMER | -     | -     | west > east:1       | stay",
                // Its own address under another name is no other hall.
                "NEWCOMER | mirror| -     | -                   | stay",
                // The account's region is still open for whom the load sent here.
                "UNPROVEN | -     | north | - > south:2         | REGION north:1, north > south:2 > south:1",
            })
    void a_hall_with_space(String who, String asked, String address, String trail, String route) {
        assertThat(decide(false, who, asked, address, trail, List.of(), List.of()))
                .isEqualTo(route);
    }

    @ParameterizedTest(name = "{0} asking for {1}, from {2}, trail {3}, siblings {4}: {5}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // who    | asked | address | trail           | siblings: live/capacity      | route
                // Who belongs elsewhere goes there, whatever is the case here.
                "NEWCOMER | north | -     | -                 | south:2 1/9                  | REGION north:1, north > south:1",
                // The least loaded hall of the region, by its share and not by its number.
                "NEWCOMER | -     | -     | -                 | south:2 8/10, south:3 50/100 | LOAD south:3, south > south:1",
                "RETURNING| south | -     | -                 | south:2 8/10, south:3 9/10   | LOAD south:2, south > south:1",
                "RETURNING| -     | -     | -                 | south:2 0/9                  | LOAD south:2, - > south:1",
                "NEWCOMER | -     | -     | -                 | south:2 5/10, south:3 1/2    | LOAD south:2, south > south:1",
                // Not itself, nor one that is full or has no capacity, nor one that sent the player.
                "RETURNING| south | -     | -                 | south:1 0/9                  | full",
                "RETURNING| south | -     | -                 | south:2 9/9, south:3 10/9    | full",
                "RETURNING| south | -     | -                 | south:2 0/0                  | full",
                "RETURNING| south | -     | south > south:2   | south:2 0/9                  | full",
                "RETURNING| south | -     | south > south:2   | south:2 0/9, south:3 8/9     | LOAD south:3, south > south:2 > south:1",
                // Neighbours, in their order, take newcomers who are free to choose.
                "NEWCOMER | -     | -     | -                 | south:2 9/9                  | NEIGHBOUR east:1, east > south:1",
                "NEWCOMER | -     | south | -                 | -                            | NEIGHBOUR east:1, east > south:1",
                "NEWCOMER | -     | -     | south > east:1    | -                            | NEIGHBOUR north:1, north > east:1 > south:1",
                "NEWCOMER | -     | -     | south > north:1 > east:1 | -                     | full",
                // An account is of no use elsewhere, and who asks for a region means it.
                "RETURNING| -     | -     | -                 | -                            | full",
                "NEWCOMER | south | -     | -                 | -                            | full",
                // The end of the trail.
                "NEWCOMER | -     | -     | south > a:1 > b:1 > c:1 | south:2 0/9            | full",
                // A login that failed is not kept from failing.
                "UNPROVEN | -     | -     | -                 | -                            | stay",
                "UNPROVEN | -     | north | -                 | -                            | REGION north:1, north > south:1",
            })
    void a_full_hall(String who, String asked, String address, String trail, String siblings, String route) {
        var neighbours = List.of("south", "unheard-of", "mirror", "east", "north");

        assertThat(decide(true, who, asked, address, trail, loads(siblings), neighbours))
                .isEqualTo(route);
    }

    @Test
    void a_player_at_the_end_of_the_trail_is_taken_where_there_is_space() {
        assertThat(decide(false, "NEWCOMER", null, null, "north > a:1 > b:1 > c:1", List.of(), List.of()))
                .isEqualTo("stay");
    }

    private static String decide(
            boolean full,
            String who,
            String asked,
            String address,
            String trail,
            List<HallLoad> siblings,
            List<String> neighbours) {
        var question =
                new Question(Who.valueOf(who), asked == null ? "" : asked, Optional.ofNullable(address), trail(trail));
        return switch (RoutingRules.decide(question, new Surroundings(HERE, full, siblings, REGIONS, neighbours))) {
            case Route.Stay _ -> "stay";
            case Route.Full _ -> "full";
            case Route.Nowhere _ -> "nowhere";
            case Route.Go go -> go.reason() + " " + go.to().address() + ", " + text(go.trail());
        };
    }

    private static Optional<Trail> trail(String text) {
        if (text == null) return Optional.empty();
        var words = Arrays.stream(text.split(">")).map(String::strip).toList();
        var stops = words.subList(1, words.size()).stream()
                .map(address -> new Hall(address.substring(0, address.indexOf(':')), address))
                .toList();
        return Optional.of(new Trail(Optional.of(words.getFirst()).filter(region -> !region.equals("-")), stops));
    }

    private static String text(Trail trail) {
        var words = new ArrayList<>(List.of(trail.region().orElse("-")));
        trail.stops().forEach(stop -> words.add(stop.address()));
        return String.join(" > ", words);
    }

    private static List<HallLoad> loads(String text) {
        if (text == null) return List.of();
        return Arrays.stream(text.split(","))
                .map(load -> load.strip().split("[ /]"))
                .map(words -> new HallLoad(words[0], Long.parseLong(words[1]), Long.parseLong(words[2])))
                .toList();
    }
}
