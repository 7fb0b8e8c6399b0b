package io.gamehall.reward.grant;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** How players are told what became of their grants. */
public interface ChangeNotices {
    /** Ends when the notices are safe in Kafka, which it waits for; told again, each is the same byte by byte. */
    Uni<Void> publish(List<DueChange> changes);
}
