package io.gamehall.room.owner.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaMembershipTest {
    private static final Duration EVENTUALLY = Duration.ofSeconds(60);
    private static final HallServers.Servers SERVERS = HallServers.servers();
    private static final AtomicInteger GROUPS = new AtomicInteger();

    private final String group = SERVERS.cell() + ".membership-" + GROUPS.incrementAndGet();
    private final Set<Integer> shared = new ConcurrentSkipListSet<>();
    private final Member a = new Member("a", Duration.ofSeconds(2));
    private final Member b = new Member("b", Duration.ofSeconds(2));

    @AfterEach
    void leave() {
        a.membership.close();
        b.membership.close();
    }

    @Test
    void a_pinned_partition_moves_and_is_never_at_two_members() {
        a.membership.start();
        await().atMost(EVENTUALLY).until(() -> a.mine.size() == Topics.ROOM_PARTITIONS);
        b.membership.start();
        awaitBalance();
        assertThat(a.membership.members()).containsExactlyInAnyOrder("a", "b");
        assertThat(b.membership.members()).containsExactlyInAnyOrder("a", "b");
        int moving = a.mine.iterator().next();

        b.membership.pin(moving, "b");

        await().atMost(EVENTUALLY).until(() -> b.mine.contains(moving));
        awaitBalance();
        await().atMost(EVENTUALLY)
                .untilAsserted(() -> assertThat(a.membership.pins()).isEqualTo(Map.of(moving, "b")));

        a.membership.pin(moving, "a");

        await().atMost(EVENTUALLY).until(() -> a.mine.contains(moving));
        awaitBalance();
        assertThat(shared).isEmpty();
    }

    @Test
    void what_a_silent_member_had_goes_to_the_others_with_the_pins() {
        a.membership.start();
        await().atMost(EVENTUALLY).until(() -> a.mine.size() == Topics.ROOM_PARTITIONS);
        b.membership.start();
        awaitBalance();
        a.membership.pin(7, "z");
        await().atMost(EVENTUALLY)
                .untilAsserted(() -> assertThat(b.membership.pins()).isEqualTo(Map.of(7, "z")));

        a.membership.close();

        await().atMost(EVENTUALLY).until(() -> b.mine.size() == Topics.ROOM_PARTITIONS);
        assertThat(b.membership.members()).containsExactly("b");
        assertThat(b.membership.pins()).isEqualTo(Map.of(7, "z"));
    }

    @Test
    void a_restarted_member_gets_its_partitions_back_and_knows_the_pins() {
        // Long enough for a restart on the slowest machine.
        var session = Duration.ofSeconds(60);
        var first = new Member("c", session);
        var other = new Member("d", session);
        var again = new Member("c", session);
        first.membership.start();
        try (var staying = other.membership;
                var restarted = again.membership) {
            await().atMost(EVENTUALLY).until(() -> first.mine.size() == Topics.ROOM_PARTITIONS);
            staying.start();
            awaitBalance(first, other);
            staying.pin(7, "z");
            await().atMost(EVENTUALLY)
                    .untilAsserted(() -> assertThat(first.membership.pins()).isEqualTo(Map.of(7, "z")));
            var before = Set.copyOf(first.mine);
            first.membership.close();

            restarted.start();

            await().atMost(EVENTUALLY).until(() -> again.mine.size() == before.size());
            assertThat(again.mine).isEqualTo(before);
            assertThat(restarted.pins()).isEqualTo(Map.of(7, "z"));
            assertThat(restarted.members()).containsExactlyInAnyOrder("c", "d");
        }
    }

    @Test
    void a_session_that_the_brokers_refuse_names_their_setting() {
        var hasty = new Member("hasty", Duration.ofMillis(400));
        try (var refused = hasty.membership) {
            refused.start();

            await().atMost(EVENTUALLY).until(() -> refused.refusal().isPresent());
            assertThat(refused.refusal().orElseThrow())
                    .contains("group.min.session.timeout.ms")
                    .contains("400 ms");
        }
    }

    private void awaitBalance() {
        awaitBalance(a, b);
    }

    private static void awaitBalance(Member one, Member other) {
        int half = Topics.ROOM_PARTITIONS / 2;
        await().atMost(EVENTUALLY).until(() -> one.mine.size() == half && other.mine.size() == half);
    }

    private final class Member implements KafkaMembership.Rights {
        final Set<Integer> mine = new ConcurrentSkipListSet<>();
        final KafkaMembership membership;

        Member(String name, Duration sessionTimeout) {
            membership = new KafkaMembership(
                    Map.of("bootstrap.servers", SERVERS.config().get("kafka.bootstrap.servers")),
                    Topics.name(SERVERS.cell(), Topics.ROOM_JOURNAL),
                    group,
                    name,
                    sessionTimeout,
                    this);
        }

        @Override
        public void given(Collection<Integer> partitions) {
            for (var other : List.of(a, b)) {
                if (other != this)
                    partitions.stream().filter(other.mine::contains).forEach(shared::add);
            }
            mine.addAll(partitions);
        }

        @Override
        public void taken(Collection<Integer> partitions) {
            mine.removeAll(partitions);
        }

        @Override
        public void lost(Collection<Integer> partitions) {
            mine.removeAll(partitions);
        }
    }
}
