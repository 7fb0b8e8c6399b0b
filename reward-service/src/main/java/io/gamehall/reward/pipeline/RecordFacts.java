package io.gamehall.reward.pipeline;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.Fact;
import io.gamehall.reward.store.StoreFault;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.gamehall.reward.store.StoreFault.Rejected;
import io.gamehall.reward.store.StoreFault.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
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
    public record Outcome<F, E>(List<Done<F, E>> done, List<Refused<F>> refused) {
        Outcome<F, E> and(Outcome<F, E> later) {
            return new Outcome<>(joined(done, later.done), joined(refused, later.refused));
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            var all = new ArrayList<>(first);
            all.addAll(second);
            return all;
        }
    }

    /** A fact and what it did. */
    public record Done<F, E>(F fact, Effect<E> effect) {}

    /** A fact and why the ledger does not take it. */
    public record Refused<F>(F fact, String cause) {}

    /** Never fails; waits for the database for as long as it is away. */
    public Uni<Outcome<F, E>> record(List<F> facts) {
        if (facts.isEmpty()) return Uni.createFrom().item(new Outcome<>(List.of(), List.of()));
        return Uni.createFrom()
                .deferred(() -> attempts(facts))
                .onFailure(Rejected.class)
                .recoverWithUni(rejected -> apart(facts, rejected));
    }

    private Uni<Outcome<F, E>> attempts(List<F> facts) {
        var conflicts = new int[1];
        return Uni.createFrom()
                .deferred(() -> ledger.record(facts))
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
                .invoke(progress::recorded)
                .map(entry -> outcome(facts, entry));
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

    private Uni<Outcome<F, E>> apart(List<F> facts, Throwable rejected) {
        if (facts.size() == 1) {
            var refused = new Refused<>(facts.getFirst(), String.valueOf(rejected.getMessage()));
            return Uni.createFrom().item(new Outcome<>(List.of(), List.of(refused)));
        }
        var half = facts.size() / 2;
        return record(facts.subList(0, half))
                .chain(first -> record(facts.subList(half, facts.size())).map(first::and));
    }

    private Outcome<F, E> outcome(List<F> facts, Ledger.Entry<E> entry) {
        var done = new ArrayList<Done<F, E>>(facts.size());
        for (var index = 0; index < facts.size(); index++) {
            done.add(new Done<>(facts.get(index), entry.effects().get(index)));
        }
        return new Outcome<>(done, List.of());
    }
}
