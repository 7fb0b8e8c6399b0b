package io.gamehall.platform;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Sends the answers that are ready at the same moment in one write of their HTTP/2 connection. Vert.x 4.5 writes to the
 * socket for every answer; the owners' come by the hundred with one read of the journal, and all of a gateway on a few
 * connections.
 */
@Singleton
public class GrpcFlushes {
    private static final int PRIORITY = 1_002;

    void register(@Observes Filters filters) {
        filters.register(GrpcFlushes::gather, PRIORITY);
    }

    private static void gather(RoutingContext request) {
        var http = request.request();
        if (http.version() == HttpVersion.HTTP_2 && http.connection() instanceof ConnectionBase connection) {
            Flushes.gather(connection.channel());
        }
        request.next();
    }
}
