package io.gamehall.activity.join;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Condition;
import io.gamehall.activity.catalog.domain.Condition.InRegion;
import io.gamehall.activity.catalog.domain.Condition.Joined;
import io.gamehall.activity.catalog.domain.Condition.ScoreAtLeast;
import io.gamehall.activity.guard.Breaker;
import io.gamehall.activity.guard.Breakers;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.pace.CallersContext;
import io.gamehall.activity.reads.NearCache;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds out which condition of an activity a player does not meet. Regions are in the ticket; a join of another activity
 * is asked for in Redis, and in the ledger where Redis does not have that activity; scores are in the database. What the
 * database says is kept for a while. Activities without such conditions ask nobody.
 */
@Singleton
public class CheckConditions {
    private static final Logger LOG = Logger.getLogger(CheckConditions.class);

    private final Activities activities;
    private final Participants participants;
    private final PlayerScores scores;
    private final Ledger ledger;
    private final Breaker redis;
    private final NearCache<ScoreKey, Long> knownScores;
    private final NearCache<JoinKey, Boolean> knownJoins;

    private record ScoreKey(long player, String game) {}

    private record JoinKey(long player, ActivityId activity) {}

    public CheckConditions(
            Activities activities,
            Participants participants,
            PlayerScores scores,
            Ledger ledger,
            Breakers breakers,
            ConditionSettings settings) {
        this.activities = activities;
        this.participants = participants;
        this.scores = scores;
        this.ledger = ledger;
        this.redis = breakers.redis();
        this.knownScores = new NearCache<>(settings.ageMax(), settings.ageMax(), settings.answersMax());
        this.knownJoins = new NearCache<>(settings.ageMax(), settings.ageMax(), settings.answersMax());
    }

    /**
     * The request, with the first condition that its player does not meet. Fails with
     * {@link Reason#DEPENDENCY_UNAVAILABLE} where that can't be found out. Answers on the caller's event loop.
     */
    public Uni<JoinRequest> check(Activity activity, JoinRequest request) {
        var conditions = activity.terms().access().conditions();
        if (conditions.isEmpty()) return Uni.createFrom().item(request);
        return firstUnmet(conditions, request)
                .onFailure()
                .transform(CheckConditions::away)
                .map(request::unmet)
                .emitOn(CallersContext.executor());
    }

    private Uni<Optional<Condition>> firstUnmet(List<Condition> conditions, JoinRequest request) {
        if (conditions.isEmpty()) return Uni.createFrom().item(Optional.empty());
        var first = conditions.getFirst();
        return isMet(first, request)
                .chain(met -> met
                        ? firstUnmet(conditions.subList(1, conditions.size()), request)
                        : Uni.createFrom().item(Optional.of(first)));
    }

    private Uni<Boolean> isMet(Condition condition, JoinRequest request) {
        return switch (condition) {
            case InRegion region -> Uni.createFrom().item(region.regions().contains(request.region()));
            case ScoreAtLeast least -> score(request.player(), least.game()).map(score -> score >= least.score());
            case Joined joined -> hasJoined(joined.activity(), request.player());
        };
    }

    private Uni<Long> score(long player, String game) {
        return knownScores
                .get(new ScoreKey(player, game), () -> scores.score(player, game))
                .answer();
    }

    private Uni<Boolean> hasJoined(ActivityId id, long player) {
        return activities
                .find(id)
                .map(activity -> redis.call(() -> participants.joinsOf(activity, player)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .chain(known -> known.map(found -> Uni.createFrom().item(!found.isEmpty()))
                        .orElseGet(() -> knownJoins
                                .get(new JoinKey(player, id), () -> ledger.hasJoin(id, player))
                                .answer()));
    }

    private static Throwable away(Throwable failure) {
        LOG.debug("Could not look up a condition", failure);
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The activity's conditions can't be looked up")
                .retryAfter(Duration.ofSeconds(1));
    }
}
