package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * The counters and marks by which joins are decided, as seen by who has to vouch for them and to bring them back. They
 * are believed for {@link JoinSettings#trust()} at a time, and only in the server process in which they were opened: one
 * that has started since may have come back empty, or with what it knew a while ago, or be another that has lagged
 * behind. Calls fail with the technology's exception when there is no answer in time.
 */
public interface Counters {
    /** What becomes of joins. */
    enum Trust {
        /** They are taken. */
        SURE,
        /** Somebody brings the counters back just now. */
        BUSY,
        /** The counters are not there or may be out of date: they have to be brought back. */
        DOUBTFUL
    }

    /** @param run tells the process of the server from any other, and from itself after a restart */
    record Vouched(Trust trust, String run) {}

    /**
     * One attempt to bring counters back.
     *
     * @param id of this attempt, like no other's
     * @param run of the server when the attempt began
     */
    record Rebuild(String id, String run) {}

    /** Another attempt, or another server process, has taken the place of this one. Begin again. */
    final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Superseded(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Has joins taken for a while longer, if the counters are those that were opened.
     *
     * @param epochMin counters of a lower epoch are out of date
     */
    Uni<Vouched> vouch(Part part, long epochMin);

    /**
     * Closes the part for who is to bring its counters back, and only for them. False when it is open by now; fails
     * with {@link Superseded} also while another is about it.
     */
    Uni<Boolean> claim(Part part, Rebuild rebuild, long epochMin);

    /** Adds marks that are not there. Those that are there stay. */
    Uni<Void> stage(Part part, Rebuild rebuild, List<LedgerRow> rows);

    /** From now on the part takes joins, knowing all that are marked. Gives their number. */
    Uni<Long> open(Part part, Rebuild rebuild, long epoch);

    /** True for one process only, for so long. */
    Uni<Boolean> takeTurn(Activity activity, Duration time);

    /**
     * What is known at one moment.
     *
     * @param nowMs by the server's clock
     * @param taken joins by the count; negative while the part is not open
     * @param marks joins by the marks
     * @param oldestInOutboxMs when the oldest join was given that is not known to be in Kafka; 0: there is none
     */
    record Census(long nowMs, long taken, long marks, long oldestInOutboxMs) {
        /** Whether all joins given before that time are in Kafka. */
        boolean isPublishedUntil(long timeMs) {
            return oldestInOutboxMs == 0 || oldestInOutboxMs > timeMs;
        }
    }

    Uni<Census> census(Part part);

    /**
     * What was wrong.
     *
     * @param added marks that were missing
     * @param miscounted by how much the count was above that of the marks
     */
    record Mended(long added, long miscounted) {}

    /** Adds marks that are missing, counts them, and makes the count that of the marks. Only while it is open. */
    Uni<Mended> mend(Part part, List<LedgerRow> rows);

    /**
     * A part of the marks, in no order; some may come twice.
     *
     * @param next where the next part begins; {@link #FIRST}: there is none
     */
    record Marks(List<LedgerRow> rows, String next) {}

    String FIRST = "0";

    Uni<Marks> marks(Part part, String from, int about);
}
