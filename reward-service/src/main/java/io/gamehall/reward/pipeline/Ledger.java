package io.gamehall.reward.pipeline;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.Fact;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Where the effects of one kind of facts are kept.
 *
 * @param <F> the facts
 * @param <E> what a fact does
 */
public interface Ledger<F extends Fact, E> {
    /**
     * Records facts and their effects in one transaction: all of them or nothing. A fact that stands recorded, or comes
     * twice in the list, has its effect once. Facts of one player take effect in the order of the list.
     *
     * <p>Called on an event loop, never blocks. Two calls may overlap (also from other processes, while Kafka hands a
     * partition over); the one that loses fails with {@code Conflict}.
     *
     * @return the effect of each fact, in the order of the list
     * @throws io.gamehall.reward.store.StoreFault through the Uni; nothing was recorded, except that after
     *     {@code Unavailable} it can't be known: in each case the same call may be made again
     */
    Uni<Entry<E>> record(List<F> facts);

    /**
     * What was recorded.
     *
     * @param effects one for each fact, in order
     * @param rows rows of players' state that were written; the fewer for many facts, the better
     */
    record Entry<E>(List<Effect<E>> effects, int rows) {
        public Entry {
            effects = List.copyOf(effects);
        }
    }
}
