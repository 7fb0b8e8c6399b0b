package io.gamehall.room.owner.kafka;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;

/**
 * Sticky, balanced and cooperative as Kafka's {@code cooperative-sticky}, and honours {@link Pins}. These travel with
 * every subscription to the group's leader, and merged with every assignment to all members, so they live as long as
 * one member does.
 *
 * <p>A partition that somebody else may still have is given to nobody: its holder sees it missing, lets it go and
 * joins again, and that second round gives it away. All members of a group must use this assignor, for one topic.
 *
 * <p>Made by Kafka by its class name, and called on the consumer's thread.
 */
// A native image has to know what is made by name.
@RegisterForReflection
public final class PinnedAssignor implements ConsumerPartitionAssignor, Configurable {
    /** The consumer setting that holds the {@link GroupView} shared with the assignor. */
    static final String VIEW_CONFIG = "gamehall.group.view";

    private GroupView view = new GroupView();

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(VIEW_CONFIG) instanceof GroupView shared) view = shared;
    }

    @Override
    public String name() {
        return "gamehall-pinned";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE);
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return new GroupNews(Set.of(), view.pins()).encode();
    }

    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
        GroupNews.decode(assignment.userData()).ifPresent(view::learn);
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
        var subscriptions = byName(group.groupSubscription());
        var topic = subscriptions.values().iterator().next().topics().getFirst();
        var pins = view.pins();
        for (var subscription : subscriptions.values()) {
            pins = GroupNews.decode(subscription.userData())
                    .map(GroupNews::pins)
                    .map(pins::merge)
                    .orElse(pins);
        }
        var claims = claims(topic, subscriptions);
        var owners = owners(claims);
        var partitions = cluster.partitionCountForTopic(topic);
        var shares =
                FairShare.divide(partitions == null ? 0 : partitions, subscriptions.keySet(), owners, pins.instances());
        shares.entrySet().removeIf(share -> {
            var wanted = share.getValue();
            return !wanted.equals(owners.get(share.getKey()))
                    && claims.getOrDefault(share.getKey(), List.of()).stream()
                            .anyMatch(claim -> !claim.member().equals(wanted));
        });
        return assignments(topic, group.groupSubscription(), shares, new GroupNews(subscriptions.keySet(), pins));
    }

    private static GroupAssignment assignments(
            String topic, Map<String, Subscription> subscriptions, Map<Integer, String> shares, GroupNews news) {
        var given = new HashMap<String, List<TopicPartition>>();
        shares.forEach((partition, name) ->
                given.computeIfAbsent(name, fresh -> new ArrayList<>()).add(new TopicPartition(topic, partition)));
        var assignments = new HashMap<String, Assignment>();
        subscriptions.forEach((id, subscription) -> assignments.put(
                id, new Assignment(given.getOrDefault(name(id, subscription), List.of()), news.encode())));
        return new GroupAssignment(assignments);
    }

    private static Map<String, Subscription> byName(Map<String, Subscription> byId) {
        var byName = new TreeMap<String, Subscription>();
        byId.forEach((id, subscription) -> byName.put(name(id, subscription), subscription));
        return byName;
    }

    private static String name(String id, Subscription subscription) {
        return subscription.groupInstanceId().orElse(id);
    }

    /** Somebody says to have a partition, since a generation of the group. */
    private record Claim(String member, int generation) {}

    private static Map<Integer, List<Claim>> claims(String topic, Map<String, Subscription> subscriptions) {
        var claims = new HashMap<Integer, List<Claim>>();
        subscriptions.forEach((name, subscription) -> {
            var claim = new Claim(name, subscription.generationId().orElse(-1));
            for (var owned : subscription.ownedPartitions()) {
                if (!owned.topic().equals(topic)) continue;
                claims.computeIfAbsent(owned.partition(), fresh -> new ArrayList<>())
                        .add(claim);
            }
        });
        return claims;
    }

    /** Who slept through a generation may claim what went to another since; of two equals neither is believed. */
    private static Map<Integer, String> owners(Map<Integer, List<Claim>> claims) {
        var owners = new HashMap<Integer, String>();
        claims.forEach((partition, some) -> {
            var newest = some.stream()
                    .max(Comparator.comparingInt(Claim::generation))
                    .orElseThrow();
            boolean alone = some.stream()
                            .filter(claim -> claim.generation() == newest.generation())
                            .count()
                    == 1;
            if (alone) owners.put(partition, newest.member());
        });
        return owners;
    }
}
