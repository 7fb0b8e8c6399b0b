package io.gamehall.activity.join.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.v1.ActivityJoin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Joins as records: key the player's id in decimal digits, value {@code gamehall.v1.ActivityJoin}. */
final class JoinRecords {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    private JoinRecords() {}

    /** A record that no release of this service has written. */
    static final class Poison extends Exception {
        private static final long serialVersionUID = 1L;

        Poison(String message) {
            super(message, null, false, false);
        }
    }

    static byte[] key(Join join) {
        return Long.toUnsignedString(join.player()).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] value(Join join) {
        return ActivityJoin.newBuilder()
                .setJoinId(join.id())
                .setActivityId(join.activity().value())
                .setPlayerId(join.player())
                .setOrdinal(join.ordinal())
                .setRegion(join.region())
                .setJoinedAtMs(join.joinedAtMs())
                .setReward(io.gamehall.v1.Reward.newBuilder()
                        .setKind(join.reward().kind().name().toLowerCase(Locale.ROOT))
                        .setName(join.reward().name())
                        .setAmount(join.reward().amount())
                        .setClaimed(join.reward().delivery() == Reward.Delivery.CLAIMED))
                .build()
                .toByteArray();
    }

    static Join read(ConsumerRecord<byte[], byte[]> record) throws Poison {
        if (record.value() == null) throw new Poison("The record has no value");
        try {
            var join = join(ActivityJoin.parseFrom(record.value()));
            if (!Arrays.equals(key(join), record.key())) throw new Poison("The key is not the player's id");
            return join;
        } catch (InvalidProtocolBufferException undecodable) {
            throw new Poison("Not an ActivityJoin: " + undecodable.getMessage());
        }
    }

    private static Join join(ActivityJoin record) throws Poison {
        var activity = ActivityId.parse(record.getActivityId())
                .orElseThrow(() -> new Poison("Not an activity id: " + record.getActivityId()));
        if (record.getPlayerId() == 0) throw new Poison("No player");
        if (record.getOrdinal() < 1) throw new Poison("Not an ordinal: " + record.getOrdinal());
        if (record.getJoinedAtMs() < 0) throw new Poison("Not a time: " + record.getJoinedAtMs());
        if (!REGION.matcher(record.getRegion()).matches()) throw new Poison("Not a region: " + record.getRegion());
        var join = new Join(
                activity,
                record.getPlayerId(),
                record.getOrdinal(),
                record.getRegion(),
                record.getJoinedAtMs(),
                reward(record.getReward()));
        if (!join.id().equals(record.getJoinId())) throw new Poison("The join id is not " + join.id());
        return join;
    }

    private static Reward reward(io.gamehall.v1.Reward reward) throws Poison {
        try {
            var kind = Reward.Kind.valueOf(reward.getKind().toUpperCase(Locale.ROOT));
            var delivery = reward.getClaimed() ? Reward.Delivery.CLAIMED : Reward.Delivery.AUTOMATIC;
            return new Reward(kind, reward.getName(), reward.getAmount(), delivery);
        } catch (IllegalArgumentException unfit) {
            throw new Poison("Not a reward: " + unfit.getMessage());
        }
    }
}
