package io.gamehall.room.owner.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PinnedAssignorTest {
    private static final int PARTITIONS = 32;
    private static final String TOPIC = "cell.room-journal";
    private static final Cluster CLUSTER = new Cluster(
            "c",
            List.of(),
            IntStream.range(0, PARTITIONS)
                    .mapToObj(number -> new PartitionInfo(TOPIC, number, null, new Node[0], new Node[0]))
                    .toList(),
            Set.of(),
            Set.of());

    private final Group group = new Group();

    @Test
    void partitions_are_shared_evenly() {
        group.join("a", "b", "c");

        assertThat(group.settle()).isLessThanOrEqualTo(2);

        assertThat(group.loads()).containsExactlyInAnyOrder(11, 11, 10);
    }

    @Test
    void who_joins_takes_only_its_fair_share_from_the_others() {
        group.join("a", "b");
        group.settle();
        var before = group.owners();
        group.join("c");

        assertThat(group.settle()).isEqualTo(2);

        assertThat(group.loads()).containsExactlyInAnyOrder(11, 11, 10);
        assertThat(moved(before, group.owners())).isLessThanOrEqualTo(11);
    }

    @Test
    void what_the_dead_had_is_given_in_one_round_and_nothing_else_moves() {
        group.join("a", "b", "c");
        group.settle();
        var before = group.owners();
        group.die("b");

        assertThat(group.settle()).isEqualTo(1);

        assertThat(group.loads()).containsExactly(16, 16);
        before.values().removeIf("b"::equals);
        assertThat(group.owners()).containsAllEntriesOf(before);
    }

    @Test
    void a_pinned_partition_moves_in_two_rounds_and_balance_is_kept() {
        group.join("a", "b");
        group.settle();
        int moving = group.oneOf("a");
        var before = group.owners();
        group.member("b").pin(moving, "b");

        assertThat(group.settle()).isEqualTo(2);

        assertThat(group.owners()).containsEntry(moving, "b");
        assertThat(group.loads()).containsExactly(16, 16);
        assertThat(moved(before, group.owners())).isEqualTo(2);
    }

    @Test
    void pins_outlive_the_member_that_was_asked_and_the_leader() {
        group.join("a", "b", "c", "d");
        group.settle();
        int pinned = group.oneOf("b");
        group.member("a").pin(pinned, "d");
        group.settle();
        group.die("a");
        group.settle();
        group.die("d");
        group.settle();
        assertThat(group.owners().get(pinned)).isIn("b", "c");
        group.join("d");

        group.settle();

        assertThat(group.owners()).containsEntry(pinned, "d");
    }

    @Test
    void a_pin_to_an_absent_instance_is_kept_and_moves_nothing() {
        group.join("a", "b");
        group.settle();
        var before = group.owners();
        group.member("a").pin(3, "z");

        assertThat(group.settle()).isEqualTo(1);

        assertThat(group.owners()).isEqualTo(before);
        assertThat(group.member("b").view.pins().instances()).containsExactly(Map.entry(3, "z"));
    }

    @Test
    void the_newest_wish_wins_at_whichever_member_it_was_made() {
        group.join("a", "b");
        group.settle();
        int partition = group.oneOf("a");
        group.member("a").pin(partition, "b");
        group.settle();
        group.member("b").pin(partition, "a");
        group.settle();
        assertThat(group.owners()).containsEntry(partition, "a");

        group.member("a").view.wish(partition, Optional.empty());
        group.settle();

        assertThat(group.member("b").view.pins().instances()).isEmpty();
        assertThat(group.owners()).containsEntry(partition, "a");
    }

    @Test
    void more_pins_than_a_fair_share_are_honoured_and_the_others_share_the_rest() {
        group.join("a", "b", "c");
        group.settle();
        IntStream.range(0, 20).forEach(partition -> group.member("c").pin(partition, "a"));

        group.settle();

        assertThat(group.loads()).containsExactly(20, 6, 6);
    }

    @Test
    void a_member_that_slept_through_a_generation_gets_nothing_that_it_still_believes_to_have() {
        group.join("a", "b");
        group.settle();
        var slept = Set.copyOf(group.member("a").owned);
        group.die("a");
        group.settle();
        group.join("a");
        group.member("a").owned.addAll(slept);
        group.member("a").generation = 1;

        group.settle();

        assertThat(group.loads()).containsExactly(16, 16);
    }

    @Test
    void members_know_each_other_by_the_latest_assignment() {
        group.join("a", "b", "c");
        group.settle();
        group.die("c");
        group.settle();

        assertThat(group.member("a").view.members()).containsExactlyInAnyOrder("a", "b");
        assertThat(group.member("b").view.members()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void data_of_another_version_is_ignored() {
        group.join("a", "b");
        group.member("b").foreign = ByteBuffer.wrap(new byte[] {9, 1, 2, 3});

        group.settle();

        assertThat(group.loads()).containsExactly(16, 16);
        assertThat(GroupNews.decode(ByteBuffer.wrap(new byte[0]))).isEmpty();
        assertThat(GroupNews.decode(ByteBuffer.wrap(new byte[] {1, 0, 0, 0, 1})))
                .isEmpty();
        assertThat(GroupNews.decode(null)).isEmpty();
    }

    @Test
    void any_history_converges_and_nobody_ever_shares_a_partition() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var history = new Group();
            history.join("m0");
            for (int step = 0; step < 30; step++) {
                history.anything(random);
                if (random.nextBoolean()) history.round();
                if (random.nextInt(4) == 0) {
                    assertThat(history.settle()).as("seed %d", seed).isLessThanOrEqualTo(3);
                    assertThat(history.owners()).as("seed %d", seed).hasSize(PARTITIONS);
                }
            }
        }
    }

    private static long moved(Map<Integer, String> before, Map<Integer, String> after) {
        return before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .count();
    }

    private static final class Member {
        final PinnedAssignor assignor = new PinnedAssignor();
        final GroupView view = new GroupView();
        final Set<Integer> owned = new TreeSet<>();
        int generation = -1;
        ByteBuffer foreign;

        Member() {
            assignor.configure(Map.of(PinnedAssignor.VIEW_CONFIG, view));
        }

        void pin(int partition, String instance) {
            view.wish(partition, Optional.of(instance));
        }

        Subscription subscription(String name) {
            var data = foreign != null ? foreign : assignor.subscriptionUserData(Set.of(TOPIC));
            var partitions = owned.stream()
                    .map(number -> new TopicPartition(TOPIC, number))
                    .toList();
            var subscription = new Subscription(List.of(TOPIC), data, partitions, generation, Optional.empty());
            subscription.setGroupInstanceId(Optional.of(name));
            return subscription;
        }

        /** As Kafka's consumer does; true if something was revoked, so that it joins again. */
        boolean take(Assignment assignment, int newGeneration) {
            var given = assignment.partitions().stream()
                    .map(TopicPartition::partition)
                    .collect(Collectors.toSet());
            boolean revoked = !given.containsAll(owned);
            owned.clear();
            owned.addAll(given);
            generation = newGeneration;
            assignor.onAssignment(assignment, null);
            return revoked;
        }
    }

    /** What the coordinator does, without time. The leader is the first by name. */
    private static final class Group {
        private final Map<String, Member> members = new TreeMap<>();
        private int generation = 10;

        void join(String... names) {
            for (var name : names) members.put(name, new Member());
        }

        void die(String name) {
            members.remove(name);
        }

        Member member(String name) {
            return members.get(name);
        }

        void anything(Random random) {
            var name = "m" + random.nextInt(5);
            switch (random.nextInt(4)) {
                case 0 -> members.putIfAbsent(name, new Member());
                case 1 -> {
                    if (members.size() > 1) members.remove(name);
                }
                default ->
                    members.values()
                            .iterator()
                            .next()
                            .view
                            .wish(
                                    random.nextInt(PARTITIONS),
                                    Optional.of(name).filter(pinned -> random.nextInt(3) > 0));
            }
        }

        /** Rounds until no member has to join again. */
        int settle() {
            int rounds = 1;
            while (round()) assertThat(++rounds).isLessThan(10);
            return rounds;
        }

        boolean round() {
            generation++;
            var subscriptions = new HashMap<String, Subscription>();
            members.forEach((name, member) -> subscriptions.put("id-" + name, member.subscription(name)));
            var leader = members.values().iterator().next();
            var assignments = leader.assignor
                    .assign(CLUSTER, new GroupSubscription(subscriptions))
                    .groupAssignment();
            checkNothingIsShared(subscriptions, assignments);
            boolean again = false;
            for (var member : members.entrySet()) {
                again |= member.getValue().take(assignments.get("id-" + member.getKey()), generation);
            }
            return again;
        }

        /** Kafka's consumer refuses an assignment that gives away what another claims, and stops. */
        private static void checkNothingIsShared(
                Map<String, Subscription> subscriptions, Map<String, Assignment> assignments) {
            var added = new ArrayList<TopicPartition>();
            var revoked = new ArrayList<TopicPartition>();
            var all = new ArrayList<TopicPartition>();
            assignments.forEach((id, assignment) -> {
                var owned = subscriptions.get(id).ownedPartitions();
                all.addAll(assignment.partitions());
                assignment.partitions().stream()
                        .filter(given -> !owned.contains(given))
                        .forEach(added::add);
                owned.stream()
                        .filter(had -> !assignment.partitions().contains(had))
                        .forEach(revoked::add);
            });
            assertThat(all).doesNotHaveDuplicates();
            added.retainAll(revoked);
            assertThat(added).isEmpty();
        }

        Map<Integer, String> owners() {
            var owners = new TreeMap<Integer, String>();
            members.forEach((name, member) -> member.owned.forEach(partition -> owners.put(partition, name)));
            return owners;
        }

        /** In the order of names. */
        List<Integer> loads() {
            return members.values().stream().map(member -> member.owned.size()).toList();
        }

        int oneOf(String name) {
            return members.get(name).owned.iterator().next();
        }
    }
}
