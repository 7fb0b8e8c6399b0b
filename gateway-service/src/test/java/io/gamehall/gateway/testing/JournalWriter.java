package io.gamehall.gateway.testing;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.room.domain.Chair;
import io.gamehall.room.domain.Member;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.PlayerWaits;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.Table;
import io.gamehall.room.domain.Waiter;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalPartitions;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.kafka.JournalFollower;
import io.gamehall.v1.ChatLine;
import io.gamehall.v1.Notice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** Writes what an owner would write. */
public final class JournalWriter implements AutoCloseable {
    private static final AtomicLong TERMS = new AtomicLong(System.currentTimeMillis());

    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", setting("kafka.bootstrap.servers"), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    private static String setting(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }

    public static String topic(String topic) {
        return Topics.name(setting("gamehall.cell.name"), topic);
    }

    public static int partition(String room) {
        return JournalPartitions.of(new RoomId(room), Topics.ROOM_PARTITIONS);
    }

    /** A higher term than any before. */
    public static long freshTerm() {
        return TERMS.incrementAndGet();
    }

    /** Claims the partition of a room, and answers the term. */
    public long claim(String room, String endpoint) {
        long term = freshTerm();
        claim(room, term, claimOf(endpoint, term));
        return term;
    }

    /** Claims the partition of a room for a term that somebody may have claimed before. */
    public void claim(String room, long term, OwnerClaim claim) {
        send(partition(room), term, JournalCodec.OWNER, JournalCodec.value(claim));
    }

    public static OwnerClaim claimOf(String endpoint, long term) {
        return new OwnerClaim("test", endpoint, endpoint + "/" + term, term);
    }

    public void room(long term, String room, String game, int capacity) {
        write(term, new RoomChanged(new RoomId(room), RoomSetup.withTablesForAll(game, 4, capacity)));
    }

    public void enter(long term, String room, long player) {
        write(term, new MemberChanged(new RoomId(room), new PlayerId(player), new Member(1, 1)));
    }

    /** The player stands in line for the room. */
    public void line(long term, String room, long player, long turn) {
        write(term, new PlayerWaits(new RoomId(room), new PlayerId(player), new Waiter(turn, 1, 1)));
    }

    /** A room of a game for 20 players; answers the term when the directory shows it. */
    public long open(Directory directory, String room, String game, String endpoint) {
        long term = claim(room, endpoint);
        room(term, room, game, 20);
        Awaitility.await().until(() -> directory.room(new RoomId(room)).isPresent());
        return term;
    }

    public void leave(long term, String room, long player) {
        write(term, new MemberLeft(new RoomId(room), new PlayerId(player)));
    }

    public void table(long term, String room, int number, Table table) {
        write(term, new TableChanged(new RoomId(room), number, table));
    }

    /** All tables of a room, one record after the other without waiting for each. */
    public void tables(long term, String room, List<Table> tables) {
        var written = new ArrayList<Future<RecordMetadata>>();
        for (int number = 0; number < tables.size(); number++) {
            var changed = new TableChanged(new RoomId(room), number, tables.get(number));
            written.add(producer.send(record(
                    partition(room),
                    term,
                    JournalCodec.key(changed),
                    JournalCodec.value(changed).orElseThrow())));
        }
        written.forEach(JournalWriter::await);
    }

    /** A table of four at which these players sit, and which the first of them hosts. */
    public static Table seating(long... players) {
        var chairs = Arrays.stream(players)
                .mapToObj(player -> player == 0
                        ? Optional.<Chair>empty()
                        : Optional.of(new Chair(new PlayerId(player), false, 1, Optional.empty())))
                .toList();
        var host = chairs.stream().flatMap(Optional::stream).findFirst().map(Chair::player);
        return new Table(chairs, List.of(), new Table.Host(host, 1), 0, Optional.empty(), Optional.empty(), true);
    }

    public static List<PlayerId> players(long... ids) {
        return Arrays.stream(ids).mapToObj(PlayerId::new).toList();
    }

    /** A notice to a player, of that id. */
    public void notice(long player, String id) {
        var notice = Notice.newBuilder().setNoticeId(id).setPlayerId(player).build();
        send(new ProducerRecord<>(
                topic(Topics.PLAYER_NOTICES), Long.toString(player).getBytes(), notice.toByteArray()));
    }

    /** A line said in a room. */
    public void say(String room, long term, long sequence, String text) {
        var line = ChatLine.newBuilder()
                .setRoomId(room)
                .setTerm(term)
                .setSequence(sequence)
                .setPlayerId(1)
                .setText(text)
                .build();
        send(new ProducerRecord<>(topic(Topics.ROOM_CHAT), 0, room.getBytes(), line.toByteArray()));
    }

    private void write(long term, RoomEvent event) {
        send(
                partition(event.room().value()),
                term,
                JournalCodec.key(event),
                JournalCodec.value(event).orElse(null));
    }

    private void send(int partition, long term, String key, byte[] value) {
        send(record(partition, term, key, value));
    }

    private static ProducerRecord<byte[], byte[]> record(int partition, long term, String key, byte[] value) {
        var record = new ProducerRecord<>(topic(Topics.ROOM_JOURNAL), partition, key.getBytes(), value);
        record.headers()
                .add(
                        JournalFollower.TERM_HEADER,
                        ByteBuffer.allocate(Long.BYTES).putLong(term).array());
        return record;
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        await(producer.send(record));
    }

    private static void await(Future<RecordMetadata> written) {
        try {
            written.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
