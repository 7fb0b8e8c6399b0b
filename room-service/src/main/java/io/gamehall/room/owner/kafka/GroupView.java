package io.gamehall.room.owner.kafka;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What this process knows about its group: shared by the membership and the assignor that Kafka makes. Thread-safe. */
final class GroupView {
    private final AtomicReference<Pins> pins = new AtomicReference<>(Pins.NONE);
    private volatile GroupNews latest = new GroupNews(Set.of(), Pins.NONE);

    void wish(int partition, Optional<String> instance) {
        pins.updateAndGet(known -> known.with(partition, instance, System.currentTimeMillis()));
    }

    void learn(GroupNews news) {
        pins.updateAndGet(known -> known.merge(news.pins()));
        latest = news;
    }

    /** Whether a wish was made here that the group has not answered with an assignment yet. */
    boolean hasUntoldPins() {
        return !pins.get().equals(latest.pins());
    }

    Pins pins() {
        return pins.get();
    }

    Set<String> members() {
        return latest.members();
    }
}
