package io.gamehall.platform.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Tickets;
import io.gamehall.platform.limits.domain.Caller;
import io.gamehall.platform.limits.domain.Caller.Verdict;
import io.gamehall.platform.limits.domain.Patience;
import io.gamehall.platform.limits.domain.TokenBucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Limits the calls with each session token before anything is done for them: the token is not verified yet. The first
 * refusals are answered at once, so that a client learns of them; one that goes on asking waits for its answers, and loses
 * its connection when too many of them wait. On the call's event loop; nothing here waits.
 */
@Singleton
public class SessionLimits {
    private static final Logger LOG = Logger.getLogger(SessionLimits.class);
    private static final int KEY_CHARS = 10;

    private final LongSupplier clock;
    private final Pace pace;
    private final Patience patience;
    private final boolean cuts;
    private final Cache<String, Caller> callers;
    private final HeldAnswers held;
    private final ReadyRefusal tooFast;
    private final Counter refused;
    private final CutConnections cut;
    private final Thread hook;

    /** How much one session may ask of this process, and what becomes of those that ask for more. */
    @ConfigMapping(prefix = "gamehall.limits")
    public interface Settings {
        /** Calls with one session token. */
        @WithDefault("100/200")
        Pace session();

        /** Sessions remembered at once, at about 250 bytes each. Beyond it those that call seldom are forgotten first. */
        @WithDefault("100000")
        int trackedMax();

        /** Whether they are limited at the door of a service that has no limits beside ({@link SessionDoor}). */
        @WithDefault("false")
        boolean door();

        Hold hold();

        /** Answers that are held. */
        interface Hold {
            /** Refusals of a session in a row that are answered at once. */
            @WithDefault("20")
            int after();

            /** So long without a refusal ends the row. Longer than {@link #time()}, or a slow flood is never held. */
            @WithDefault("5s")
            Duration forgiven();

            /** How long each further answer is held; longer only if the session has no call free until then. */
            @WithDefault("1s")
            Duration time();

            /** Held at once, of a session; with one more the connection that it came over is closed. */
            @WithDefault("100")
            int sessionMax();

            /** Held at once, of all sessions; what is over is answered at once. A few KiB each. */
            @WithDefault("1000")
            int max();

            /**
             * Whether connections are closed. Not to be where a proxy carries calls of many clients over one connection of
             * HTTP/2: what is over is answered at once then.
             */
            @WithDefault("true")
            boolean cut();

            /**
             * For how long nothing is read from a connection of HTTP/2 before it is closed, at most: as long as an answer is
             * held the first time, and twice as long as before each time that the session has not been forgiven since.
             */
            @WithDefault("8s")
            Duration cutMax();
        }
    }

    @Inject
    SessionLimits(Settings settings, MeterRegistry metrics) {
        this(settings, metrics, System::nanoTime);
    }

    /** @param clock in nanoseconds, that only goes on */
    SessionLimits(Settings settings, MeterRegistry metrics, LongSupplier clock) {
        this.clock = clock;
        var hold = settings.hold();
        this.pace = settings.session();
        this.patience = patience(hold);
        this.cuts = hold.cut();
        var remembered = hold.forgiven().plus(hold.time()).plus(hold.cutMax());
        this.callers = Caffeine.newBuilder()
                .maximumSize(settings.trackedMax())
                .expireAfterAccess(pace.recovery().compareTo(remembered) > 0 ? pace.recovery() : remembered)
                // As of Tickets: its upkeep is short and waits for nobody.
                .executor(Runnable::run)
                .build();
        this.held = new HeldAnswers(hold.max());
        this.tooFast = ReadyRefusal.of(
                new Refusal(Reason.TOO_FAST, "Too many calls of this session").retryAfter(pace.interval()));
        this.refused = metrics.counter("gamehall.limits.refused", "limit", "session");
        this.cut = new CutConnections(metrics.counter("gamehall.limits.cut"));
        metrics.gauge("gamehall.limits.held", held, HeldAnswers::number);
        // Calls in flight hold Quarkus' shutdown up, and its ShutdownEvent comes after them.
        this.hook = Thread.ofPlatform().name("let-go").unstarted(this::letGo);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** With a wrong value a flood would pass unnoticed, so nobody starts with one. */
    private static Patience patience(Settings.Hold hold) {
        require(hold.after() >= 0, "after must not be negative");
        require(hold.sessionMax() >= 0, "session-max must not be negative");
        require(hold.max() >= 0, "max must not be negative");
        require(hold.time().isPositive(), "time must be longer than nothing");
        require(hold.forgiven().compareTo(hold.time()) > 0, "forgiven must be longer than time");
        require(!hold.cutMax().isNegative(), "cut-max must not be negative");
        return new Patience(
                hold.after(),
                hold.forgiven().toNanos(),
                hold.time().toNanos(),
                hold.sessionMax(),
                hold.cutMax().toNanos());
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new IllegalArgumentException("gamehall.limits.hold." + what);
    }

    @PreDestroy
    void close() {
        letGo();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            LOG.debug("The hook runs or has run", alreadyEnding);
        }
    }

    /** Answers everything that is held, and holds no more. Any thread. */
    void letGo() {
        held.letGo();
    }

    /**
     * Counts a call, and answers it if it is one too many: now, later, or not at all. On its context.
     *
     * @param ofOneClient whether its connection carries the calls of one client, and may be closed for what that does;
     *     asked only when it is to be
     * @return whether it may go on
     */
    public boolean admit(RoutingContext call, BooleanSupplier ofOneClient) {
        var session = session(call.request().getHeader("authorization"));
        if (session.isEmpty()) return true;
        long now = clock.getAsLong();
        var caller = callers.get(
                session.get(), fresh -> new Caller(new TokenBucket(pace.rate(), pace.burst(), now), patience));
        BooleanSupplier mayCut = () -> cuts && ofOneClient.getAsBoolean();
        var verdict = caller.ask(now, () -> CutConnections.silences(call) && mayCut.getAsBoolean());
        if (verdict instanceof Verdict.Passed) return true;
        refused.increment();
        switch (verdict) {
            case Verdict.Held hold -> hold(call, caller, hold.forNs());
            case Verdict.Cut off when mayCut.getAsBoolean() -> cut.cut(call, off.afterNs(), tooFast);
            default -> tooFast.answer(call);
        }
        return false;
    }

    private void hold(RoutingContext call, Caller caller, long forNs) {
        long forMs = TimeUnit.NANOSECONDS.toMillis(forNs);
        if (held.hold(call, forMs, () -> tooFast.answer(call), caller::release)) return;
        caller.release();
        tooFast.answer(call);
    }

    /**
     * A piece of the token's signature, before its last character, of which some bits mean nothing: nobody can vary it
     * and keep the token genuine, nor guess that of another, so nothing need be verified here.
     */
    static Optional<String> session(String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, Tickets.BEARER, 0, Tickets.BEARER.length())) {
            return Optional.empty();
        }
        var token = authorization.strip();
        int end = token.length() - 1;
        int begin = end - KEY_CHARS;
        return begin < Tickets.BEARER.length() ? Optional.empty() : Optional.of(token.substring(begin, end));
    }
}
