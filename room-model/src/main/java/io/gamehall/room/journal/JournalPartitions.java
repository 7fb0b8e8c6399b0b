package io.gamehall.room.journal;

import io.gamehall.room.domain.RoomId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition a room belongs to: Kafka's own function, so that any Kafka client can tell. */
public final class JournalPartitions {
    private JournalPartitions() {}

    /** @param partitions of the region, fixed at the creation of the journal */
    public static int of(RoomId room, int partitions) {
        return Utils.toPositive(Utils.murmur2(room.value().getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
