package io.gamehall.hallctl.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What a load over HTTP came to, by status. Recorded by one thread; any thread may look. */
public final class HttpTally {
    private static final int DETAIL_CHARS_MAX = 200;

    private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final Map<Integer, String> details = new ConcurrentSkipListMap<>();
    private final Latencies good = new Latencies();
    private final Latencies refused = new Latencies();
    private final int wanted;
    private volatile long nanos = 1;
    private volatile long inTime;
    private volatile long unsent;

    /** @param wanted the status of a request that was granted */
    HttpTally(int wanted) {
        this.wanted = wanted;
    }

    void answered(int status, ByteBuf body, long tookNanos) {
        statuses.computeIfAbsent(status, any -> new LongAdder()).increment();
        if (status == wanted) {
            good.record(tookNanos);
            return;
        }
        refused.record(tookNanos);
        if (!details.containsKey(status)) details.put(status, detail(body));
    }

    private static String detail(ByteBuf body) {
        if (body == null) return "the connection broke";
        var text = body.toString(StandardCharsets.UTF_8);
        return text.length() <= DETAIL_CHARS_MAX ? text : text.substring(0, DETAIL_CHARS_MAX);
    }

    /** The time is over; what is answered from now on counts no more towards the rate. */
    void end(long tookNanos, long neverSent) {
        inTime = good.count();
        unsent = neverSent;
        nanos = Math.max(1, tookNanos);
    }

    /** Answers of the wanted status. */
    public long granted() {
        return good.count();
    }

    /** Of the wanted status, in the time of the run. */
    public double perSecond() {
        return inTime * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    public double seconds() {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** How long it took to be granted what was asked for. */
    public Latencies latencies() {
        return good;
    }

    /** How long it took to be refused, or cut off. */
    public Latencies refusals() {
        return refused;
    }

    /** Requests of a paced load whose turn came when all connections were taken, and that never got one. */
    public long unsent() {
        return unsent;
    }

    /** Answers of another status than wanted, of these; 0 stands for those that were cut off or never came. */
    public long count(int... which) {
        long count = 0;
        for (int status : which) {
            var number = statuses.get(status);
            if (number != null) count += number.sum();
        }
        return count;
    }

    /** All answers but those of the wanted status. */
    public long others() {
        return statuses.entrySet().stream()
                .filter(status -> status.getKey() != wanted)
                .mapToLong(status -> status.getValue().sum())
                .sum();
    }

    /** The first answer of each other status, with their number. */
    public Map<String, String> details() {
        var told = new TreeMap<String, String>();
        details.forEach((status, detail) -> told.put("HTTP " + status + " x" + count(status), detail));
        return told;
    }
}
