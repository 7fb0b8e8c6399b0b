package io.gamehall.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.gateway.routing.domain.Hall;
import io.gamehall.gateway.routing.domain.Trail;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTicketsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Trail TRAIL = new Trail(
            Optional.of("north"), List.of(new Hall("south", "10.0.0.1:8080"), new Hall("east", "hall.east.test:443")));

    private final RedirectTickets tickets = tickets(Map.of());

    @Test
    void what_was_written_is_read() {
        var open = new Trail(Optional.empty(), List.of(new Hall("south", "a:1")));

        assertThat(tickets.read(tickets.write(TRAIL, NOW), NOW)).contains(TRAIL);
        assertThat(tickets.read(tickets.write(open, NOW), NOW)).contains(open);
        assertThat(tickets.read("", NOW)).isEmpty();
    }

    @Test
    void it_is_good_for_a_minute() {
        var ticket = tickets.write(TRAIL, NOW);

        assertThat(tickets.read(ticket, NOW.plusSeconds(60))).isPresent();
        assertInvalid(() -> tickets.read(ticket, NOW.plusSeconds(61)));
    }

    @Test
    void any_character_that_is_changed_makes_it_invalid() {
        var ticket = tickets.write(TRAIL, NOW);
        int changed = 0;
        for (int i = 0; i < ticket.length(); i++) {
            var other = ticket.charAt(i) == 'A' ? 'E' : 'A';
            var forged = ticket.substring(0, i) + other + ticket.substring(i + 1);
            assertInvalid(() -> tickets.read(forged, NOW));
            changed++;
        }
        assertThat(changed).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "x", "x.y", "MQ.MQ", "!!.!!", "a.b.c", " "})
    void nonsense_is_invalid(String ticket) {
        assertInvalid(() -> tickets.read(ticket, NOW));
    }

    @Test
    void what_is_too_long_is_not_even_looked_at() {
        assertInvalid(() -> tickets.read("A".repeat(1_000_000) + ".AA", NOW));
    }

    @Test
    void cells_understand_each_other_by_their_common_secret() {
        var south = tickets(Map.of("secret", "sixteen characters at least", "service-credential", "of the south"));
        var north = tickets(Map.of("secret", "sixteen characters at least", "service-credential", "of the north"));
        var alien = tickets(Map.of("secret", "another sixteen characters", "service-credential", "of the south"));

        assertThat(north.read(south.write(TRAIL, NOW), NOW)).contains(TRAIL);
        assertInvalid(() -> alien.read(south.write(TRAIL, NOW), NOW));
    }

    @Test
    void without_one_only_those_of_the_same_credential_do() {
        var ticket = tickets.write(TRAIL, NOW);

        assertThat(tickets(Map.of()).read(ticket, NOW)).contains(TRAIL);
        assertInvalid(() -> tickets(Map.of("service-credential", "another")).read(ticket, NOW));
    }

    @Test
    void a_short_secret_is_refused() {
        assertThatThrownBy(() -> tickets(Map.of("secret", "short"))).hasMessageContaining("gamehall.routing.secret");
    }

    @Test
    void the_longest_trail_fits() {
        var hall = new Hall("r".repeat(40), "h".repeat(253) + ":65535");
        var longest = new Trail(Optional.of("r".repeat(40)), List.of(hall, hall, hall));

        assertThat(tickets.read(tickets.write(longest, NOW), NOW)).contains(longest);
    }

    private static void assertInvalid(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(Refusal.class, refused -> assertThat(refused.reason())
                .isEqualTo(Reason.TICKET_INVALID));
    }

    private static RedirectTickets tickets(Map<String, String> settings) {
        var properties = new HashMap<String, String>();
        properties.put("gamehall.routing.hall-address", "10.0.0.1:8080");
        properties.put("gamehall.routing.service-credential", "a credential");
        settings.forEach((key, value) -> properties.put("gamehall.routing." + key, value));
        return new RedirectTickets(new SmallRyeConfigBuilder()
                .withMapping(RoutingConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(RoutingConfig.class));
    }
}
