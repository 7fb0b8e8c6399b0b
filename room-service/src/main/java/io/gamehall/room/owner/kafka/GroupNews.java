package io.gamehall.room.owner.kafka;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What members of the group tell each other beside Kafka's own data: a member its pins to the leader, the leader the
 * merged pins and the members' names to all.
 *
 * @param members names of the instances; empty from a member to the leader
 */
record GroupNews(Set<String> members, Pins pins) {
    private static final byte FORMAT = 1;
    private static final int MEMBERS_MAX = 1024;

    GroupNews {
        members = Set.copyOf(members);
    }

    ByteBuffer encode() {
        int size = 5;
        for (var member : members) size += 2 + bytes(member).length;
        for (var wish : pins.wishes().values())
            size += 12 + bytes(wish.instance().orElse("")).length;
        var data = ByteBuffer.allocate(size).put(FORMAT).putShort((short) members.size());
        for (var member : new TreeSet<>(members)) put(data, member);
        data.putShort((short) pins.wishes().size());
        pins.wishes().forEach((partition, wish) -> {
            data.putShort(partition.shortValue()).putLong(wish.version());
            put(data, wish.instance().orElse(""));
        });
        return data.flip();
    }

    /** Empty if there is none, or if it is of another version's format. */
    static Optional<GroupNews> decode(ByteBuffer data) {
        if (data == null) return Optional.empty();
        try {
            return Optional.of(read(data.duplicate()));
        } catch (BufferUnderflowException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static GroupNews read(ByteBuffer data) {
        if (data.get() != FORMAT) throw new IllegalArgumentException("Another format");
        var members = new TreeSet<String>();
        for (int left = count(data, MEMBERS_MAX); left > 0; left--) members.add(text(data));
        var wishes = new HashMap<Integer, Pins.Wish>();
        for (int left = count(data, Pins.MAX); left > 0; left--) {
            int partition = data.getShort();
            long version = data.getLong();
            wishes.put(partition, new Pins.Wish(Optional.of(text(data)).filter(name -> !name.isEmpty()), version));
        }
        return new GroupNews(members, new Pins(wishes));
    }

    private static int count(ByteBuffer data, int max) {
        int count = data.getShort();
        if (count < 0 || count > max) throw new IllegalArgumentException("Too many");
        return count;
    }

    private static String text(ByteBuffer data) {
        var bytes = new byte[count(data, data.remaining())];
        data.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer data, String text) {
        var bytes = bytes(text);
        data.putShort((short) bytes.length).put(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
