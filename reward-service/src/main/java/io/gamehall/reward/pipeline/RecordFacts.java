package io.gamehall.reward.pipeline;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.Fact;
import io.gamehall.reward.store.StoreFault;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.gamehall.reward.store.StoreFault.Rejected;
import io.gamehall.reward.store.StoreFault.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Brings a batch of facts into the ledger, whatever it takes. While the database is away it waits, so that nothing is
 * lost; a batch with a fact that the ledger can't take is halved until that fact stands alone and can be set aside, so
 * that nothing stops. Facts of one player keep their order.
 *
 * @param <F> the facts
 * @param <E> what a fact does
 */
public final class RecordFacts<F extends Fact, E> {
    private final Ledger<F, E> ledger;
    private final PipelineConfig config;
    private final Progress progress;

    public RecordFacts(Ledger<F, E> ledger, PipelineConfig config, Progress progress) {
        this.ledger = ledger;
        this.config = config;
        this.progress = progress;
    }

    /**
     * What became of a batch.
     *
     * @param done each recorded fact with its effect, in order
     * @param refused the facts that the ledger will never take
     */
    public record Outcome<F, E>(List<Done<F, E>> done, List<Refused<F>> refused) {}

    /** A fact and what it did. */
    public record Done<F, E>(F fact, Effect<E> effect) {}

    /** A fact and why the ledger does not take it. */
    public record Refused<F>(F fact, String cause) {}

    /** Never fails; waits for the database for as long as it is away. */
    public Uni<Outcome<F, E>> record(List<F> facts) {
        if (facts.isEmpty()) return Uni.createFrom().item(new Outcome<>(List.of(), List.of()));
        var outcome = new Outcome<F, E>(new ArrayList<>(facts.size()), new ArrayList<>());
        var parts = new ArrayDeque<List<F>>();
        parts.push(facts);
        // A loop, not calls within calls: of thousands of bad facts each is a part in the end.
        return Uni.createFrom()
                .deferred(() -> next(parts, outcome))
                .repeat()
                .until(_ -> parts.isEmpty())
                .onItem()
                .ignoreAsUni()
                .map(_ -> outcome);
    }

    private Uni<Integer> next(Deque<List<F>> parts, Outcome<F, E> outcome) {
        var facts = parts.pop();
        return attempts(facts)
                .invoke(entry -> done(facts, entry, outcome))
                .onFailure(Rejected.class)
                .recoverWithItem(rejected -> {
                    apart(facts, rejected, parts, outcome);
                    return null;
                })
                .map(_ -> parts.size());
    }

    private Uni<Ledger.Entry<E>> attempts(List<F> facts) {
        var conflicts = new int[1];
        return Uni.createFrom()
                .deferred(() -> ledger.record(facts))
                // Also one outside of the ledger's transaction: waiting would not mend it.
                .onFailure(StoreFault::isBug)
                .transform(Rejected::new)
                .onFailure(Conflict.class)
                .transform(conflict -> factsFault(conflict) && ++conflicts[0] >= config.conflictsMax()
                        ? new Rejected(conflict)
                        : conflict)
                .onFailure()
                .invoke(this::report)
                .onFailure(RecordFacts::mayPass)
                .retry()
                .withBackOff(config.retryDelayFirst(), config.retryDelayMax())
                .indefinitely()
                .invoke(progress::recorded);
    }

    /** Locks are the other writers' business: no fact is to blame for them, however often that happens. */
    private static boolean factsFault(Throwable conflict) {
        return conflict instanceof Conflict known && known.kind() != Conflict.Kind.LOCK;
    }

    private static boolean mayPass(Throwable failure) {
        return !(failure instanceof Rejected);
    }

    private void report(Throwable failure) {
        switch (failure) {
            case StoreFault fault -> {
                switch (fault) {
                    case Conflict conflict -> progress.conflict(conflict.kind());
                    case Unavailable away -> progress.waiting(away);
                    case Rejected _ -> {
                        // The facts' fault, not the database's: counted when the fact is set aside.
                    }
                }
            }
            default -> progress.waiting(failure);
        }
    }

    private void apart(List<F> facts, Throwable rejected, Deque<List<F>> parts, Outcome<F, E> outcome) {
        if (facts.size() == 1) {
            outcome.refused().add(new Refused<>(facts.getFirst(), String.valueOf(rejected.getMessage())));
            return;
        }
        var half = facts.size() / 2;
        parts.push(facts.subList(half, facts.size()));
        parts.push(facts.subList(0, half));
    }

    private void done(List<F> facts, Ledger.Entry<E> entry, Outcome<F, E> outcome) {
        for (var index = 0; index < facts.size(); index++) {
            outcome.done().add(new Done<>(facts.get(index), entry.effects().get(index)));
        }
    }
}
