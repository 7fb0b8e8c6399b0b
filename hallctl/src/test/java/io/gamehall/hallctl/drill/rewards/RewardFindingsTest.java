package io.gamehall.hallctl.drill.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.contracts.DeadLetters;
import io.gamehall.hallctl.dlq.Letter;
import io.gamehall.hallctl.dlq.LetterId;
import io.gamehall.hallctl.drill.check.Violation;
import io.gamehall.hallctl.drill.check.Violation.Kind;
import io.gamehall.hallctl.facts.JoinFact;
import io.gamehall.hallctl.facts.LoadFact;
import io.gamehall.hallctl.facts.RewardRows.GrantRow;
import io.gamehall.hallctl.facts.RewardRows.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RewardFindingsTest {
    private static final long ANNA = 1;
    private static final String TOPIC = "cell.game-results";
    private static final byte[] NOTICE = {1, 2};
    private static final long MS = 1_000_000;

    private final List<LoadFact> told = new ArrayList<>();
    private final List<GrantRow> grants = new ArrayList<>();
    private final Heard heard = new Heard();
    private final List<Letter> letters = new ArrayList<>();
    private final List<PoisonPile.Told> poison = new ArrayList<>();

    @BeforeEach
    void aJoinThatWasGrantedAndAPoisonThatWasSetAside() {
        told.add(new JoinFact(ANNA, "j1", 1, "spring", "item", 1, 1));
        grants.add(new GrantRow(ANNA, "j1", "spring", "item", 1));
        poison(5, "noise");
    }

    @Test
    void what_was_told_heard_and_set_aside_as_it_was_is_right() {
        heard.hear("j1", NOTICE);
        heard.hear("j1", NOTICE);
        letter(5, "unreadable", "noise", 1_000);
        letter(5, "unreadable", "noise", 1_000);

        assertThat(findings().violations()).isEmpty();
        assertThat(findings().letterRepeats()).isEqualTo(1);
        assertThat(heard.repeats()).isEqualTo(1);
    }

    @Test
    void a_player_who_was_not_told_has_lost_the_notice() {
        letter(5, "unreadable", "noise", 1_000);

        assertThat(kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void a_notice_that_comes_again_with_other_bytes_is_doubled() {
        heard.hear("j1", NOTICE);
        heard.hear("j1", new byte[] {1, 3});
        letter(5, "unreadable", "noise", 1_000);

        assertThat(kinds()).containsExactly(Kind.DOUBLED);
    }

    @Test
    void poison_that_is_nowhere_is_lost() {
        heard.hear("j1", NOTICE);

        assertThat(kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void what_is_set_aside_and_was_no_poison_is_lost() {
        heard.hear("j1", NOTICE);
        letter(5, "unreadable", "noise", 1_000);
        letter(6, "unreadable", "a good fact", 1_000);

        assertThat(kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void a_letter_with_other_bytes_another_time_no_cause_or_without_its_header_is_not_as_it_was() {
        heard.hear("j1", NOTICE);
        letter(5, "unreadable", "other noise", 1_000);
        assertThat(kinds()).containsExactly(Kind.LOST);
        letters.clear();
        letter(5, "unreadable", "noise", 1_001);
        assertThat(kinds()).containsExactly(Kind.LOST);
        letters.clear();
        letter(5, " ", "noise", 1_000);
        assertThat(kinds()).containsExactly(Kind.LOST);
        letters.clear();
        letter(5, "unreadable", "noise", 1_000);
        letters.replaceAll(it -> new Letter(
                it.id(),
                it.atMs(),
                it.key(),
                it.value(),
                it.headers().stream()
                        .filter(header -> !header.key().equals(PoisonPile.TRACE))
                        .toList()));
        assertThat(kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void the_outage_is_the_longest_time_without_a_new_notice() {
        var before = System.nanoTime();
        heard.hear("j1", NOTICE);
        heard.hear("j1", NOTICE);
        var after = System.nanoTime();

        assertThat(heard.longestGapMs(after, after + 70 * MS)).isEqualTo(70);
        assertThat(heard.longestGapMs(before - 40 * MS, after + 20 * MS)).isBetween(40.0, 60.0);
        assertThat(heard.hasFreshSince(before - 1)).isTrue();
        assertThat(heard.hasFreshSince(after)).isFalse();
    }

    private RewardFindings findings() {
        return RewardFindings.of(told, new Snapshot(List.of(), Map.of(), grants, Map.of()), heard, letters, poison);
    }

    private List<Kind> kinds() {
        return findings().violations().stream().map(Violation::kind).toList();
    }

    private void poison(long offset, String value) {
        var record = new ProducerRecord<>(TOPIC, 3, 1_000L, bytes("1"), bytes(value));
        record.headers().add(PoisonPile.TRACE, bytes("0"));
        poison.add(new PoisonPile.Told("results: noise", record, 3, offset, 1_000));
    }

    private void letter(long offset, String cause, String value, long timestampMs) {
        var headers = List.of(
                header(PoisonPile.TRACE, "0"),
                header(DeadLetters.CAUSE, cause),
                header(DeadLetters.ORIGIN_TOPIC, TOPIC),
                header(DeadLetters.ORIGIN_PARTITION, "3"),
                header(DeadLetters.ORIGIN_OFFSET, Long.toString(offset)),
                header(DeadLetters.ORIGIN_TIMESTAMP, Long.toString(timestampMs)));
        var id = new LetterId("game-results-dlq", 0, letters.size());
        letters.add(new Letter(id, 2_000, bytes("1"), bytes(value), headers));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
