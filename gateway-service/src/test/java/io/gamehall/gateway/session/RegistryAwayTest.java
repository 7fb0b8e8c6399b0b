package io.gamehall.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.platform.testing.HallServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits for a registry that does not answer, and what is believed then. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class RegistryAwayTest {
    @Inject
    SessionConfig config;

    @Inject
    Cell cell;

    @Inject
    Event<NewerSession> newer;

    @Inject
    Event<RegistryBack> back;

    @Inject
    MeterRegistry meters;

    private final Silent registry = new Silent();
    private Sessions sessions;

    @BeforeEach
    void make() {
        sessions = new Sessions(registry, config, cell, newer, back, meters);
    }

    @Test
    void what_is_gone_on_with_is_not_taken_for_the_registry_s_word() {
        var known = knownToARegistryThatFails();

        isLive(known);
        int asked = registry.asked;

        // Else it would count as fresh, and the registry would not be asked again for a while.
        await().untilAsserted(() -> {
            isLive(known);
            assertThat(registry.asked).isGreaterThan(asked);
        });
    }

    @Test
    void of_many_only_one_waits_for_a_registry_that_hangs() {
        var known = knownToARegistryThatFails();
        isLive(known);
        int asked = registry.asked;
        registry.answer = Uni.createFrom().completionStage(new CompletableFuture<>());

        await().until(() ->
                !sessions.requireLive(known).subscribeAsCompletionStage().isDone());

        assertThat(registry.asked).isEqualTo(asked + 1);
        isLive(known);
        assertThat(sessions.requireLive(ticket(8, 10))
                        .onFailure(Refusal.class)
                        .recoverWithItem(refusal -> {
                            assertThat(((Refusal) refusal).reason()).isEqualTo(Reason.DEPENDENCY_UNAVAILABLE);
                            return null;
                        })
                        .subscribeAsCompletionStage())
                .isDone();
        assertThat(registry.asked).isEqualTo(asked + 1);
    }

    private Ticket knownToARegistryThatFails() {
        var ticket = ticket(7, 10);
        registry.answer = Uni.createFrom().item(10L);
        isLive(ticket);
        registry.answer = Uni.createFrom().failure(new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "It is away"));
        sessions.distrust();
        return ticket;
    }

    private void isLive(Ticket ticket) {
        assertThat(sessions.requireLive(ticket).subscribeAsCompletionStage()).isCompleted();
    }

    private Ticket ticket(long player, long generation) {
        return new Ticket(player, "anna", cell.name(), generation, Set.of(), Instant.EPOCH, Instant.MAX);
    }

    /** Answers what it is told to. */
    private static final class Silent implements SessionRegistry {
        private volatile Uni<Long> answer;
        private volatile int asked;

        @Override
        public Uni<Login> raise(long player) {
            throw new IllegalStateException();
        }

        @Override
        public Uni<Long> vouch(long player, long generation) {
            asked++;
            return answer;
        }

        @Override
        public Uni<List<Long>> vouch(List<Known> sessions, boolean inUse) {
            return Uni.createFrom().item(List.of());
        }

        @Override
        public Uni<Long> end(long player, long generation) {
            throw new IllegalStateException();
        }
    }
}
