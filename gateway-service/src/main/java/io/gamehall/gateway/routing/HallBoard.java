package io.gamehall.gateway.routing;

import io.gamehall.gateway.routing.domain.HallLoad;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Where the gateways of a cell tell each other what they carry. What a gateway wrote is gone when it has not been
 * written again for a while. Calls take effect in their order if they are made on one event loop.
 */
public interface HallBoard {
    /** Writes this gateway's load, and answers that of all which are alive, one each, this one among them. */
    Uni<List<HallLoad>> publish(HallLoad own);

    /** Takes this gateway off the board. */
    Uni<Void> withdraw();
}
