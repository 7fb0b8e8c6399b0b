package io.gamehall.gateway.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gamehall.gateway.session.SessionRegistry.Login;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.SessionNews;
import io.gamehall.platform.Ticket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One live session per account in the whole cell. Safe for any thread, never blocks.
 *
 * <p>A ticket is live while no newer login of its account is known. Answers of the registry are remembered for
 * seconds; a newer login is told to every gateway at once, and replaces what is remembered. What is remembered here, the
 * registry learns again when it comes back without its memory; so that which sessions have ended is kept for as long as
 * their tokens live. While the registry does not answer, the players that are remembered go on: nobody can log in then,
 * so nobody can be displaced either. One call a second waits for it then, and no other does.
 */
@Singleton
public class Sessions implements SessionNews.Listener {
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SessionRegistry registry;
    private final Event<NewerSession> newer;
    private final Event<RegistryBack> back;
    private final String region;
    private final long freshNanos;
    private final Cache<Long, Known> remembered;
    private final Counter touched;
    private final Counter refused;
    private final Counter displaced;
    private volatile long distrustedBefore = System.nanoTime();
    private volatile boolean away;
    private final AtomicLong askAgainAtNanos = new AtomicLong();

    /** The newest generation, and as of when that was so. */
    private record Known(long generation, long asOfNanos) {
        Known orNewer(Known other) {
            if (other.generation != generation) return other.generation > generation ? other : this;
            return other.asOfNanos - asOfNanos > 0 ? other : this;
        }
    }

    Sessions(
            SessionRegistry registry,
            SessionConfig config,
            Cell cell,
            Event<NewerSession> newer,
            Event<RegistryBack> back,
            MeterRegistry meters) {
        require(config.touch().compareTo(config.live()) < 0, "touch must be less than live");
        require(config.fresh().compareTo(config.touch()) > 0, "fresh must be more than touch");
        this.registry = registry;
        this.newer = newer;
        this.back = back;
        this.touched = meters.counter("gamehall.sessions.touched");
        this.refused = meters.counter("gamehall.sessions.refused");
        this.displaced = meters.counter("gamehall.sessions.displaced");
        this.region = cell.name();
        this.freshNanos = config.fresh().toNanos();
        this.remembered = Caffeine.newBuilder()
                .maximumSize(config.cachedMax())
                .expireAfterWrite(config.kept())
                .build();
    }

    /**
     * Begins a session of a player, which ends the older ones.
     *
     * @return its generation, or fails with a {@link Refusal}: {@link Reason#ALREADY_LOGGED_IN} where the policy is to
     *     refuse, {@link Reason#DEPENDENCY_UNAVAILABLE}
     */
    public Uni<Long> begin(long player) {
        return registry.raise(player).map(login -> switch (login) {
            case Login.Begun begun -> {
                if (begun.displaced()) displaced.increment();
                learn(player, begun.generation());
                yield begun.generation();
            }
            case Login.Refused live -> {
                refused.increment();
                throw new Refusal(Reason.ALREADY_LOGGED_IN, "Log out there, or stay away for a while")
                        .retryAfter(live.rest());
            }
        });
    }

    /**
     * Ends the session of a ticket: its token is refused everywhere, its streams end, and the account is free. Does
     * nothing if a newer session has ended it already. Fails with {@link Reason#DEPENDENCY_UNAVAILABLE}; the region is
     * the caller's to check.
     */
    public Uni<Void> end(Ticket ticket) {
        return end(ticket.player(), ticket.generation());
    }

    /** The same for a session of which there is no ticket. */
    public Uni<Void> end(long player, long generation) {
        var known = remembered.getIfPresent(player);
        // A registry that has lost its memory would take this for the newest, and end the newer one.
        if (known != null && known.generation() > generation)
            return Uni.createFrom().voidItem();
        return registry.end(player, generation)
                .invoke(newest -> learn(player, newest))
                .replaceWithVoid();
    }

    /**
     * Says that these sessions are in use; those that a newer one has ended unheard of are told to the gateway as if it
     * had just begun. Never fails: without the registry there is nothing to say.
     */
    public Uni<Void> touch(Collection<Ticket> tickets) {
        if (tickets.isEmpty()) return Uni.createFrom().voidItem();
        var used = tickets.stream()
                .map(ticket -> new SessionRegistry.Known(ticket.player(), ticket.generation()))
                .toList();
        return registry.vouch(used, true)
                .invoke(live -> touched(used, live))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    private void touched(List<SessionRegistry.Known> used, List<Long> live) {
        for (int i = 0; i < used.size(); i++) {
            var session = used.get(i);
            if (live.get(i) > session.generation()) heardOf(session.player(), live.get(i), false);
            else learn(session.player(), live.get(i));
        }
        touched.increment(used.size());
    }

    /**
     * Lets only a live session through.
     *
     * @return nothing, or fails with a {@link Refusal}: {@link Reason#SESSION_ENDED}, {@link Reason#TOKEN_INVALID}
     *     for a session of another region, {@link Reason#DEPENDENCY_UNAVAILABLE}
     */
    public Uni<Void> requireLive(Ticket ticket) {
        try {
            ticket.requireRegion(region);
        } catch (Refusal foreign) {
            return refuse(foreign);
        }
        var known = remembered.getIfPresent(ticket.player());
        if (known != null && known.generation() > ticket.generation()) return refuse(Ticket.ended());
        boolean isKnown = known != null && known.generation() == ticket.generation();
        if (isKnown && isFresh(known)) return Uni.createFrom().voidItem();
        if (!mayAsk()) return isKnown ? Uni.createFrom().voidItem() : refuse(unanswered());
        return ask(ticket, isKnown);
    }

    private Uni<Void> ask(Ticket ticket, boolean isKnown) {
        long asked = System.nanoTime();
        var answer = registry.vouch(ticket.player(), ticket.generation())
                .onItemOrFailure()
                .invoke((live, failure) -> answered(failure == null))
                .invoke(live -> learn(ticket.player(), live, asked));
        // Only what the registry has said is learnt, not what is gone on with instead.
        if (isKnown) answer = answer.onFailure().recoverWithItem(ticket.generation());
        return answer.flatMap(live -> live > ticket.generation() || isDisplaced(ticket)
                ? refuse(Ticket.ended())
                : Uni.createFrom().voidItem());
    }

    /** Whether a newer login of the account is known here; asks nobody. */
    public boolean isDisplaced(Ticket ticket) {
        var known = remembered.getIfPresent(ticket.player());
        return known != null && known.generation() > ticket.generation();
    }

    /** A gateway has begun a session, or ended one. Called by the registry's adapter. */
    public void heardOf(long player, long generation, boolean loggedOut) {
        learn(player, generation);
        newer.fire(new NewerSession(player, generation, loggedOut));
    }

    /**
     * The registry was out of reach: news may have been missed, so what is remembered is to be asked for again before it
     * is used; and the registry may have lost its memory, so it is told. Called by the registry's adapter.
     */
    public void distrust() {
        distrustedBefore = System.nanoTime();
        away = false;
        back.fire(new RegistryBack());
        var sessions = remembered.asMap().entrySet().stream()
                .map(session -> new SessionRegistry.Known(
                        session.getKey(), session.getValue().generation()))
                .toList();
        // What it answers is not learnt: it may be about to hear of something newer from another gateway.
        if (!sessions.isEmpty()) registry.vouch(sessions, false).subscribe().with(known -> {}, away -> {});
    }

    private void answered(boolean inTime) {
        if (!inTime) askAgainAtNanos.set(System.nanoTime() + AWAY_NANOS);
        away = !inTime;
    }

    /** While the registry does not answer, one call a second waits for it, and no other does. */
    private boolean mayAsk() {
        if (!away) return true;
        long at = askAgainAtNanos.get();
        long now = System.nanoTime();
        return now - at >= 0 && askAgainAtNanos.compareAndSet(at, now + AWAY_NANOS);
    }

    private void learn(long player, long generation) {
        learn(player, generation, System.nanoTime());
    }

    private void learn(long player, long generation, long asOfNanos) {
        remembered.asMap().merge(player, new Known(generation, asOfNanos), Known::orNewer);
    }

    private boolean isFresh(Known known) {
        return known.asOfNanos() - distrustedBefore >= 0 && System.nanoTime() - known.asOfNanos() < freshNanos;
    }

    private static Refusal unanswered() {
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The session registry does not answer")
                .retryAfter(Duration.ofNanos(AWAY_NANOS));
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new IllegalArgumentException("gamehall.session: " + what);
    }

    private static Uni<Void> refuse(Refusal refusal) {
        return Uni.createFrom().failure(refusal);
    }
}
