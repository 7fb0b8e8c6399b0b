package io.gamehall.room.owner.kafka;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.room.journal.Positioned;
import io.gamehall.room.journal.kafka.JournalFollower;
import io.gamehall.room.owner.EventLoops;
import io.gamehall.room.owner.JournalContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The journal on a real broker, read back by the follower that every service uses. */
class KafkaJournalTest extends JournalContract {
    private static final HallServers.Servers SERVERS = HallServers.servers();
    private static final Map<String, Object> KAFKA =
            Map.of("bootstrap.servers", SERVERS.config().get("kafka.bootstrap.servers"));

    @Override
    protected Log open(EventLoops loops) throws Exception {
        var topic = SERVERS.cell() + ".contract-" + UUID.randomUUID();
        try (var admin = Admin.create(KAFKA)) {
            var wanted = new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty());
            admin.createTopics(List.of(wanted)).all().get();
        }
        return new KafkaLog(topic, loops);
    }

    private static final class KafkaLog implements Log, JournalFollower.Reader {
        private final String topic;
        private final EventLoops loops;
        private final List<List<Positioned>> read;
        private final List<KafkaJournal> journals = new ArrayList<>();
        private final JournalFollower follower;

        private KafkaLog(String topic, EventLoops loops) {
            this.topic = topic;
            this.loops = loops;
            this.read = Stream.generate(CopyOnWriteArrayList<Positioned>::new)
                    .limit(PARTITIONS)
                    .<List<Positioned>>map(list -> list)
                    .toList();
            this.follower = new JournalFollower(KAFKA, topic, PARTITIONS, this);
            follower.start();
        }

        @Override
        public Process process(boolean shortRecordsOnly) {
            var settings = new HashMap<>(KAFKA);
            // The record of a room with long names does not fit, the shorter ones of a member and a claim do.
            if (shortRecordsOnly) settings.put("max.request.size", 195);
            var stepDowns = new AtomicInteger();
            var journal = new KafkaJournal(settings, topic, loops, stepDowns::incrementAndGet);
            journals.add(journal);
            return new Process(journal, stepDowns, journal::warmUp);
        }

        @Override
        public void read(int partition, List<Positioned> records, long nextOffset) {
            read.get(partition).addAll(records);
        }

        @Override
        public void caughtUp() {}

        @Override
        public List<Positioned> read(int partition) {
            return read.get(partition);
        }

        @Override
        public void close() {
            follower.close();
            journals.forEach(KafkaJournal::close);
        }
    }
}
