package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.platform.AskedOnce;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The joins given, for those who look: asked at most once in {@link CatalogSettings#remainingAgeMax()} for each
 * activity, however many look. Only activities that exist may be asked for, so it is as bounded as they are.
 */
@ApplicationScoped
public class RemainingQuota {
    private final JoinCounts counts;
    private final long ageMaxNanos;
    private final Map<ActivityId, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Uni<OptionalLong> taken, long askedAtNanos) {}

    public RemainingQuota(JoinCounts counts, CatalogSettings settings) {
        this.counts = counts;
        this.ageMaxNanos = settings.remainingAgeMax().toNanos();
    }

    /** Joins given of the activity; empty when that is not known at the moment. Does not fail. */
    public Uni<OptionalLong> taken(Activity activity) {
        var now = System.nanoTime();
        return answers.compute(
                        activity.id(),
                        (id, last) -> last != null && now - last.askedAtNanos < ageMaxNanos ? last : ask(activity, now))
                .taken;
    }

    private Answer ask(Activity activity, long now) {
        var taken = counts.taken(activity).onFailure().recoverWithItem(OptionalLong.empty());
        return new Answer(AskedOnce.of(taken), now);
    }
}
