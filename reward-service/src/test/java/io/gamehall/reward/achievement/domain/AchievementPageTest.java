package io.gamehall.reward.achievement.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.reward.achievement.domain.AchievementPage.Cursor;
import io.gamehall.reward.achievement.domain.AchievementPage.Item;
import io.gamehall.reward.achievement.domain.AchievementPage.Query;
import io.gamehall.reward.achievement.domain.Spans.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AchievementPageTest {
    private static final long ALICE = 7;

    /** Pages out of only those chunks that are asked for are the pages out of everything. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void pages_have_everything_once_newest_first_and_few_chunks_are_read(long seed) {
        var random = new Random(seed);
        var chunks = chunks(random);
        var limit = 1 + random.nextInt(30);
        var all = chunks.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Item::cursor, AchievementPage.NEWEST_FIRST))
                .toList();

        var read = new ArrayList<Item>();
        var after = Optional.<Cursor>empty();
        var most = 0;
        do {
            var query = new Query(ALICE, limit, after);
            var wanted = Spans.of(spans(chunks), query);
            most = Math.max(most, wanted.size());
            var page = AchievementPage.of(
                    wanted.stream().flatMap(key -> chunks.get(key).stream()).toList(), query);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            read.addAll(page.items());
            after = page.next().map(next -> Cursor.parse(next.text()));
        } while (after.isPresent());

        assertThat(read).as("seed %d", seed).isEqualTo(all);
        assertThat(most).as("seed %d", seed).isLessThan(chunks.size() / 2);
    }

    /** As reports make them: later ones have later times, but for a few. */
    private static Map<ChunkKey, List<Item>> chunks(Random random) {
        var chunks = new TreeMap<ChunkKey, List<Item>>();
        for (var role = 0; role < 3; role++) {
            var key = "ios/1/%d/r".formatted(role);
            for (var number = 0; number < 20; number++) {
                var items = new ArrayList<Item>();
                for (var entry = 0; entry < 10 + random.nextInt(10); entry++) {
                    var order = number == Chunk.NEWEST ? 20 : number;
                    var atMs = 1_000 + 10 * order + random.nextInt(12);
                    items.add(new Item(key, achievement("type-%d-%d".formatted(number, entry), atMs)));
                }
                chunks.put(new ChunkKey(new SetKey(ALICE, key), number), items);
            }
        }
        return chunks;
    }

    private static List<Span> spans(Map<ChunkKey, List<Item>> chunks) {
        return chunks.entrySet().stream()
                .map(entry -> {
                    var times = entry.getValue().stream()
                            .mapToLong(item -> item.achievement().latest().atMs())
                            .summaryStatistics();
                    return new Span(entry.getKey(), entry.getValue().size(), times.getMax(), times.getMin());
                })
                .toList();
    }

    private static Achievement achievement(String type, long atMs) {
        return new Achievement(type, Merge.LATEST, 1, new Stamp(atMs, "f"), new Payload(new byte[0]), 1);
    }

    @Test
    void a_cursor_survives_its_way_through_a_client_and_others_are_refused() {
        var cursor = new Cursor(5, "ios/1/2/a/b", "kills");
        assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
        for (var nonsense : List.of("", "%", "MTIz", "x".repeat(5_000))) {
            assertThatThrownBy(() -> Cursor.parse(nonsense)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Query(ALICE, 101, Optional.empty())).hasMessageContaining("limit");
        assertThatThrownBy(() -> new Query(ALICE, 0, Optional.empty())).hasMessageContaining("limit");
    }
}
