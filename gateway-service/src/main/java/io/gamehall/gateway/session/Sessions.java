package io.gamehall.gateway.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/**
 * One live session per account in the whole cell. Safe for any thread, never blocks.
 *
 * <p>A ticket is live while no newer login of its account is known. Answers of the registry are remembered for
 * seconds; a newer login is told to every gateway at once, and replaces what is remembered. While the registry does
 * not answer, the players that are remembered go on: nobody can log in then, so nobody can be displaced either.
 */
@Singleton
public class Sessions {
    private final SessionRegistry registry;
    private final Event<NewerSession> newer;
    private final String region;
    private final long freshNanos;
    private final Cache<Long, Known> remembered;
    private volatile long distrustedBefore = System.nanoTime();

    private record Known(long generation, long learntAtNanos) {
        Known orNewer(Known other) {
            return other.generation >= generation ? other : this;
        }
    }

    Sessions(SessionRegistry registry, SessionConfig config, Cell cell, Event<NewerSession> newer) {
        this.registry = registry;
        this.newer = newer;
        this.region = cell.name();
        this.freshNanos = config.fresh().toNanos();
        this.remembered = Caffeine.newBuilder()
                .maximumSize(config.cachedMax())
                .expireAfterWrite(config.kept())
                .build();
    }

    /** Begins a session of a player, which ends the older ones, and answers its generation. */
    public Uni<Long> begin(long player) {
        return registry.raise(player).invoke(generation -> learn(player, generation));
    }

    /**
     * Lets only a live session through.
     *
     * @return nothing, or fails with a {@link Refusal}: {@link Reason#SESSION_ENDED}, {@link Reason#TOKEN_INVALID}
     *     for a session of another region, {@link Reason#DEPENDENCY_UNAVAILABLE}
     */
    public Uni<Void> requireLive(Ticket ticket) {
        if (!ticket.region().equals(region)) {
            return refuse(new Refusal(Reason.TOKEN_INVALID, "The session is of region '" + ticket.region() + "'"));
        }
        var known = remembered.getIfPresent(ticket.player());
        if (known != null && known.generation() > ticket.generation()) return refuse(ended());
        if (known != null && known.generation() == ticket.generation() && isFresh(known)) {
            return Uni.createFrom().voidItem();
        }
        var asked = registry.vouch(ticket.player(), ticket.generation());
        if (known != null && known.generation() == ticket.generation()) {
            asked = asked.onFailure().recoverWithItem(known.generation());
        }
        return asked.invoke(live -> learn(ticket.player(), live)).flatMap(live -> {
            return live == ticket.generation() ? Uni.createFrom().voidItem() : refuse(ended());
        });
    }

    /** Whether a newer login of the account is known here; asks nobody. */
    public boolean isDisplaced(Ticket ticket) {
        var known = remembered.getIfPresent(ticket.player());
        return known != null && known.generation() > ticket.generation();
    }

    /** A gateway has begun a session. Called by the registry's adapter. */
    public void heardOf(long player, long generation) {
        learn(player, generation);
        newer.fire(new NewerSession(player, generation));
    }

    /** News may have been missed: what is remembered is to be asked for again before it is used. */
    public void distrust() {
        distrustedBefore = System.nanoTime();
    }

    private void learn(long player, long generation) {
        remembered.asMap().merge(player, new Known(generation, System.nanoTime()), Known::orNewer);
    }

    private boolean isFresh(Known known) {
        return known.learntAtNanos() - distrustedBefore >= 0 && System.nanoTime() - known.learntAtNanos() < freshNanos;
    }

    private static Refusal ended() {
        return new Refusal(Reason.SESSION_ENDED, "The account has logged in elsewhere");
    }

    private static Uni<Void> refuse(Refusal refusal) {
        return Uni.createFrom().failure(refusal);
    }
}
