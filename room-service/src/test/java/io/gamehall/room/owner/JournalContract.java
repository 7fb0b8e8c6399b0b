package io.gamehall.room.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Member;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.journal.Answer;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.JournalRecord.Content.Claimed;
import io.gamehall.room.journal.JournalRecord.Content.Happened;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.Positioned;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} promises to the owners of partitions. */
public abstract class JournalContract {
    protected static final int PARTITIONS = 3;
    private static final Duration EVENTUALLY = Duration.ofSeconds(30);

    private static final RoomId ROOM = new RoomId("upgrade-7");
    private static final OwnerClaim CLAIM = new OwnerClaim("room-a", "host:1", "nonce", 17);
    private static final RoomEvent SHORT = new MemberLeft(new RoomId("a"), new PlayerId(7));
    private static final RoomEvent TOO_LONG = new RoomChanged(
            new RoomId("upgrade-" + "0".repeat(40)), RoomSetup.withTablesForAll("g".repeat(32), 4, 400));

    /** A log, which several processes may write to. */
    public interface Log extends AutoCloseable {
        /** @param shortRecordsOnly appending {@link #TOO_LONG} fails */
        Process process(boolean shortRecordsOnly);

        /** What was read of a partition so far, oldest first. */
        List<Positioned> read(int partition);

        @Override
        void close();
    }

    /**
     * A process' journal.
     *
     * @param stepDowns how often all owners of the process were told to step down
     * @param awaitWritable returns once appends don't fail for lack of a connection
     */
    public record Process(Journal journal, AtomicInteger stepDowns, Runnable awaitWritable) {}

    private Vertx vertx;
    private EventLoops loops;
    private Log log;

    /** An empty log. */
    protected abstract Log open(EventLoops loops) throws Exception;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        loops = new EventLoops(vertx, PARTITIONS);
        log = open(loops);
    }

    @AfterEach
    void close() throws Exception {
        log.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void appends_stand_in_the_order_in_which_they_were_made() {
        var journal = process().journal();
        var wanted = LongStream.rangeClosed(1, 2_000)
                .mapToObj(JournalContract::entered)
                .toList();

        loops.run(1, () -> wanted.forEach(event -> journal.append(1, 4, event, Optional.empty())));

        assertThat(contents(1, wanted.size()))
                .isEqualTo(wanted.stream().map(Happened::new).toList());
        assertThat(log.read(1)).extracting(Positioned::offset).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_record_is_read_back_with_its_term_and_its_answer() {
        var journal = process().journal();
        var answer = Optional.of(new Answer(new PlayerId(9), "request-1", new Reply.Entered(ROOM, 1, 400)));

        loops.run(0, () -> {
            journal.append(0, 5, entered(9), answer);
            journal.append(0, Long.MAX_VALUE, entered(10), Optional.empty());
        });

        var read = records(0, 2);
        assertThat(read.getFirst().term()).isEqualTo(5);
        assertThat(read.getFirst().answer()).isEqualTo(answer);
        assertThat(read.getLast().term()).isEqualTo(Long.MAX_VALUE);
        assertThat(read.getLast().answer()).isEmpty();
    }

    @Test
    void one_key_has_all_that_compaction_may_leave_only_the_last_of() {
        var journal = process().journal();

        loops.run(0, () -> {
            journal.append(0, 1, entered(9), Optional.empty());
            journal.append(0, 1, new MemberLeft(ROOM, new PlayerId(9)), Optional.empty());
            journal.append(0, 1, entered(8), Optional.empty());
        });

        var read = records(0, 3);
        assertThat(read.get(1).content()).isEqualTo(new Happened(new MemberLeft(ROOM, new PlayerId(9))));
        assertThat(read.get(1).key()).isEqualTo(read.get(0).key());
        assertThat(read.get(2).key()).isNotEqualTo(read.get(0).key());
    }

    @Test
    void claims_are_read_back_as_they_were_made() {
        var journal = process().journal();
        var handingOver = CLAIM.restated("room-b");

        loops.run(2, () -> {
            journal.claim(2, 6, CLAIM);
            journal.claim(2, 6, handingOver);
        });

        var read = records(2, 2);
        assertThat(read)
                .extracting(JournalRecord::content)
                .containsExactly(new Claimed(CLAIM), new Claimed(handingOver));
        assertThat(read).extracting(JournalRecord::term).containsOnly(6L);
        assertThat(read.getFirst().key()).isEqualTo(read.getLast().key());
    }

    @Test
    void claims_of_two_processes_both_stand_in_one_order() {
        var one = process().journal();
        var other = process().journal();
        var rival = new OwnerClaim("room-b", "host:2", "other", 18);

        loops.run(0, () -> one.claim(0, 3, CLAIM));
        loops.run(0, () -> other.claim(0, 3, rival));

        assertThat(contents(0, 2)).containsExactlyInAnyOrder(new Claimed(CLAIM), new Claimed(rival));
    }

    @Test
    void partitions_are_apart() {
        var journal = process().journal();

        IntStream.range(0, PARTITIONS)
                .forEach(partition -> loops.run(
                        partition,
                        () -> journal.append(partition, partition, entered(partition + 1), Optional.empty())));

        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(contents(partition, 1)).containsExactly(new Happened(entered(partition + 1)));
        }
    }

    @Test
    void the_end_is_behind_the_last_record_and_told_on_the_partitions_thread() throws Exception {
        var journal = process().journal();
        assertThat(end(journal, 1)).isZero();

        loops.run(1, () -> journal.claim(1, 1, CLAIM));
        records(1, 1);

        assertThat(end(journal, 1)).isEqualTo(log.read(1).getLast().offset() + 1);
        assertThat(end(journal, 0)).isZero();
    }

    @Test
    void nothing_follows_an_append_that_failed_until_the_owner_has_stepped_down() {
        var process = log.process(true);
        process.awaitWritable().run();
        var journal = process.journal();
        loops.run(0, () -> journal.append(0, 1, SHORT, Optional.empty()));
        records(0, 1);

        loops.run(0, () -> {
            journal.append(0, 1, TOO_LONG, Optional.empty());
            // What took the failed one's place could write now.
            process.awaitWritable().run();
            journal.append(0, 1, SHORT, Optional.empty());
            journal.claim(0, 1, CLAIM);
        });

        await().atMost(EVENTUALLY).until(() -> process.stepDowns().get() == 1);
        process.awaitWritable().run();
        loops.run(0, () -> journal.claim(0, 2, CLAIM));
        assertThat(records(0, 2)).extracting(JournalRecord::term).containsExactly(1L, 2L);
    }

    private Process process() {
        var process = log.process(false);
        process.awaitWritable().run();
        return process;
    }

    private long end(Journal journal, int partition) throws Exception {
        var told = new CompletableFuture<Long>();
        loops.run(partition, () -> {
            var asking = loops.caller();
            journal.end(partition).whenComplete((end, failure) -> {
                if (failure != null) told.completeExceptionally(failure);
                else if (loops.caller() != asking) told.completeExceptionally(new AssertionError("Another thread"));
                else told.complete(end);
            });
        });
        return told.get(EVENTUALLY.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits for that many, and no more come. */
    private List<JournalRecord> records(int partition, int count) {
        await().atMost(EVENTUALLY).until(() -> log.read(partition).size() >= count);
        var read = log.read(partition).stream().map(Positioned::record).toList();
        assertThat(read).hasSize(count);
        return read;
    }

    private List<JournalRecord.Content> contents(int partition, int count) {
        return records(partition, count).stream().map(JournalRecord::content).toList();
    }

    private static RoomEvent entered(long player) {
        return new MemberChanged(ROOM, new PlayerId(player), new Member(1, 1_000 + player));
    }
}
