package io.gamehall.gateway.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * Pages for those who ask for the same one again and again: as long as nothing has changed that it shows, it is neither
 * looked up nor compared anew. Any thread.
 */
@Singleton
public class RoomPages {
    private final Directory directory;
    private final Cache<RoomQuery, Tagged> pages;
    private final Counter built;
    private final Counter repeated;

    /**
     * A page and its tag.
     *
     * @param seen how far the directory had changed when the page was looked up
     * @param tag follows from what the page shows, so it is the same at any gateway
     */
    public record Tagged(RoomPage page, long seen, String tag) {}

    RoomPages(Directory directory, DirectoryConfig config, MeterRegistry meters) {
        this.directory = directory;
        this.pages = Caffeine.newBuilder().maximumSize(config.cachedPagesMax()).build();
        this.built = meters.counter("gamehall.directory.pages", "from", "directory");
        this.repeated = meters.counter("gamehall.directory.pages", "from", "cache");
    }

    /**
     * A page of rooms, not older than the directory.
     *
     * @throws io.gamehall.platform.Refusal GAME_UNKNOWN, DEPENDENCY_UNAVAILABLE
     */
    public Tagged page(RoomQuery query) {
        long now = directory.changes(query);
        var known = pages.getIfPresent(query);
        if (known != null && known.seen() == now) {
            repeated.increment();
            return known;
        }
        var page = directory.page(query);
        // What changed meanwhile may be on the page already; then it is looked up once more than needed.
        var tagged = new Tagged(page, now, Long.toHexString(contentHash(page)));
        pages.put(query, tagged);
        built.increment();
        return tagged;
    }

    /** FNV-1a over everything that the page shows, 64 bits. */
    private static long contentHash(RoomPage page) {
        long hash = 0xcbf29ce484222325L;
        for (var room : page.rooms()) hash = hash(hash, room.toString());
        return hash(hash, page.next());
    }

    private static long hash(long before, String text) {
        long hash = before;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ b) * 0x100000001b3L;
        return hash;
    }
}
