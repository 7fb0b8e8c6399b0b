package io.gamehall.reward.grant;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.grant.domain.ChangeRules.Command;
import io.gamehall.reward.grant.domain.ChangeRules.Decision;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Changed;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Elsewhere;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Refused;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Stands;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.reward.grant.domain.GrantChange.What;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.store.StoreConfig;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Claims and revokes rewards. A repeat gives the same answer, so a caller who has none asks again. Safe for any thread,
 * never blocks; what waits is bounded.
 */
@ApplicationScoped
public class ChangeGrants {
    private static final Logger LOG = Logger.getLogger(ChangeGrants.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(5);
    private static final Duration RETRY_MAX = Duration.ofMillis(100);
    private static final int RETRIES_MAX = 20;
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final GrantChanges changes;
    private final TellChanges tell;
    private final GrantConfig config;
    private final StoreConfig store;
    private final AtomicInteger inFlight = new AtomicInteger();

    public ChangeGrants(GrantChanges changes, TellChanges tell, GrantConfig config, StoreConfig store) {
        this.changes = changes;
        this.tell = tell;
        this.config = config;
        this.store = store;
    }

    /**
     * Claims a reward for its player.
     *
     * @return the grant, claimed now or before, or given at once; or a {@link Refusal} with {@code REWARD_NOT_FOUND},
     *     {@code REWARD_EXPIRED}, {@code REWARD_REVOKED}, {@code ACCOUNT_MOVING}, {@code OVERLOADED} or
     *     {@code DEPENDENCY_UNAVAILABLE}
     */
    public Uni<StandingGrant> claim(FactKey key) {
        return change(key, new Command.Claim(key.player(), System.currentTimeMillis()));
    }

    /**
     * Takes a grant back, whatever became of it.
     *
     * @param admin who does it
     * @param why 1-{@value GrantChange#WHY_MAX} characters, told to the player; passed over if it was revoked before
     * @return the grant, revoked now or before; or a {@link Refusal} as of {@link #claim}, but not for its state
     */
    public Uni<StandingGrant> revoke(FactKey key, long admin, String why) {
        return change(key, new Command.Revoke(admin, why, System.currentTimeMillis()));
    }

    private Uni<StandingGrant> change(FactKey key, Command command) {
        if (inFlight.incrementAndGet() > config.changesInFlightMax()) {
            inFlight.decrementAndGet();
            throw new Refusal(Reason.OVERLOADED, "Too many rewards are claimed at the moment").retryAfter(COME_BACK);
        }
        return Uni.createFrom()
                .deferred(() -> changes.change(key, command))
                .onFailure(Conflict.class)
                .retry()
                .withBackOff(RETRY_FIRST, RETRY_MAX)
                .atMost(RETRIES_MAX)
                .ifNoItem()
                .after(store.queryTimeout())
                .fail()
                .onFailure()
                .transform(failure -> away(key, failure))
                .onTermination()
                .invoke(inFlight::decrementAndGet)
                .map(decision -> answer(key, decision));
    }

    private StandingGrant answer(FactKey key, Optional<Decision> decision) {
        return switch (decision.orElseThrow(() -> unknown(key))) {
            case Changed changed -> {
                LOG.debugf("%s of %s: %s", changed.change().what(), key, changed.change());
                tell.soon();
                yield changed.after();
            }
            case Stands stands -> stands.grant();
            case Refused refused -> throw refusal(refused);
            case Elsewhere(var region) ->
                throw new Refusal(Reason.ACCOUNT_MOVING, "It moves, or has moved: " + region + " is the other region")
                        .with(Map.of("region", region));
        };
    }

    private static Refusal unknown(FactKey key) {
        return new Refusal(Reason.REWARD_NOT_FOUND, "No reward was given for '" + key.id() + "'");
    }

    private static Refusal refusal(Refused refused) {
        return switch (refused.cause()) {
            case EXPIRED -> {
                var until = Long.toString(refused.grant().grant().claimUntilMs());
                yield new Refusal(Reason.REWARD_EXPIRED, "It had to be claimed before " + until)
                        .with(Map.of("claim_until_ms", until));
            }
            case REVOKED -> {
                var why = refused.grant()
                        .change(What.REVOKED)
                        .map(GrantChange::why)
                        .orElse("");
                yield new Refusal(Reason.REWARD_REVOKED, "An administrator took it back").with(Map.of("why", why));
            }
        };
    }

    private static Refusal away(FactKey key, Throwable failure) {
        LOG.warnf("A change of %s failed: %s", key, failure);
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The database does not answer").retryAfter(COME_BACK);
    }
}
