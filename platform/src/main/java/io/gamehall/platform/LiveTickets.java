package io.gamehall.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Lets only the live sessions of this cell through, in the services behind the gateway: who has logged out, or was
 * displaced by a newer login, is refused at once, long before the token expires. Safe for any thread, never blocks.
 *
 * <p>Begun and ended sessions are told over {@link SessionNews}. Of a player of whom nothing was heard or asked for
 * {@link Settings#fresh()}, Redis is asked: one GET, which writes nothing. Where Redis does not know the player, and
 * while it does not answer, a genuine token counts, unless a newer session is known here: what was played must go on.
 */
public final class LiveTickets implements SessionNews.Listener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LiveTickets.class);
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** As the gateway's registry groups players. */
    private static final int GROUPS = 64;

    private final Tickets tickets;
    private final HeldConnections redis;
    private final SessionNews news;
    private final String cell;
    private final long timeoutMs;
    private final long freshNanos;
    private final Cache<Long, Known> remembered;
    private final AtomicLong askAgainAtNanos = new AtomicLong();
    private volatile boolean away;
    private volatile long distrustedBefore = System.nanoTime();

    /** The newest generation heard of, and as of when. */
    private record Known(long generation, long asOfNanos) {
        Known orNewer(Known other) {
            if (other.generation != generation) return other.generation > generation ? other : this;
            return other.asOfNanos - asOfNanos > 0 ? other : this;
        }
    }

    /** How live sessions are told from ended ones. */
    @ConfigMapping(prefix = "gamehall.tickets.live")
    public interface Settings {
        /** How long a look-up is believed without asking again; newer logins are told at once anyway. */
        @WithDefault("15s")
        Duration fresh();

        /** How long it is remembered that older sessions have ended; as long as a token lives. */
        @WithDefault("13h")
        Duration kept();

        /** Players remembered at most, at about 100 bytes each. */
        @WithDefault("200000")
        int cachedMax();

        /** How long Redis may take to answer. */
        @WithDefault("1s")
        Duration timeout();
    }

    /** @param connections for the look-ups; the news have a connection of their own */
    public LiveTickets(
            Tickets tickets, Redis redis, HeldConnections connections, Vertx vertx, Cell cell, Settings settings) {
        this.tickets = tickets;
        this.redis = connections;
        this.cell = cell.name();
        this.timeoutMs = settings.timeout().toMillis();
        this.freshNanos = settings.fresh().toNanos();
        this.remembered = Caffeine.newBuilder()
                .maximumSize(settings.cachedMax())
                .expireAfterWrite(settings.kept())
                // As of Tickets: its upkeep is short and waits for nobody.
                .executor(Runnable::run)
                .build();
        this.news = new SessionNews(redis, vertx, cell.name(), settings.timeout(), this);
    }

    /** Where Redis has a player's session: a hash whose field {@code gen} is the generation. */
    public static String key(String cell, long player) {
        return cell + ":{" + Long.remainderUnsigned(player, GROUPS) + "}:session:" + Long.toUnsignedString(player);
    }

    /** Begins to hear of sessions, once. */
    public void start() {
        news.start();
    }

    @Override
    public void close() {
        news.close();
    }

    /**
     * The ticket in an {@code authorization} header, of a session that is live.
     *
     * @param authorization the header's value, or null where there is none
     * @return the ticket, or fails with a {@link Refusal} of {@link Reason#SESSION_ENDED}
     * @throws Refusal what {@link Tickets#verify} refuses; {@link Reason#TOKEN_INVALID} for a session of another region
     */
    public Uni<Ticket> verify(String authorization) {
        var ticket = tickets.verify(authorization);
        ticket.requireRegion(cell);
        var known = remembered.getIfPresent(ticket.player());
        if (known != null && known.generation() > ticket.generation()) throw Ticket.ended();
        boolean isKnown = known != null && known.generation() == ticket.generation();
        if (isKnown && isFresh(known) || !mayAsk()) return Uni.createFrom().item(ticket);
        return ask(ticket);
    }

    @Override
    public void heardOf(long player, long generation, boolean loggedOut) {
        learn(player, generation, System.nanoTime());
    }

    @Override
    public void distrust() {
        distrustedBefore = System.nanoTime();
    }

    private Uni<Ticket> ask(Ticket ticket) {
        long asked = System.nanoTime();
        var request = Request.cmd(Command.HGET).arg(key(cell, ticket.player())).arg("gen");
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(redis.send(request).timeout(timeoutMs, TimeUnit.MILLISECONDS)))
                .map(answer -> generation(answer))
                .onItemOrFailure()
                .transform((generation, failure) -> {
                    if (failure != null) gone(failure);
                    else learn(ticket, generation, asked);
                    // Also what was heard while the answer was on its way.
                    var now = remembered.getIfPresent(ticket.player());
                    if (now != null && now.generation() > ticket.generation()) throw Ticket.ended();
                    return ticket;
                });
    }

    /** Of a player whom Redis does not know no session has ended. */
    private static long generation(Response answer) {
        return answer == null ? 0 : answer.toLong();
    }

    private void learn(Ticket ticket, long generation, long asOfNanos) {
        away = false;
        learn(ticket.player(), Math.max(generation, ticket.generation()), asOfNanos);
    }

    private void learn(long player, long generation, long asOfNanos) {
        remembered.asMap().merge(player, new Known(generation, asOfNanos), Known::orNewer);
    }

    private void gone(Throwable failure) {
        askAgainAtNanos.set(System.nanoTime() + AWAY_NANOS);
        if (!away) LOG.warnf("Genuine tokens count, because Redis does not answer: %s", failure.getMessage());
        away = true;
    }

    /** While Redis does not answer, one call a second waits for it, and no other does. */
    private boolean mayAsk() {
        if (!away) return true;
        long at = askAgainAtNanos.get();
        long now = System.nanoTime();
        return now - at >= 0 && askAgainAtNanos.compareAndSet(at, now + AWAY_NANOS);
    }

    private boolean isFresh(Known known) {
        return known.asOfNanos() - distrustedBefore >= 0 && System.nanoTime() - known.asOfNanos() < freshNanos;
    }
}
