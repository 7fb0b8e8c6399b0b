package io.gamehall.gateway.login.rest;

import io.gamehall.gateway.login.HoldSession;
import io.gamehall.gateway.login.LoginMetrics;
import io.gamehall.gateway.login.rest.LoginResource.SessionView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The REST twins of what {@code LoginService} does with a session that is there. Need its token, and no body. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
    private final HoldSession holdSession;
    private final LoginMetrics metrics;

    SessionResource(HoldSession holdSession, LoginMetrics metrics) {
        this.holdSession = holdSession;
        this.metrics = metrics;
    }

    @POST
    @Path("/refresh")
    public Uni<RestResponse<SessionView>> refresh(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return metrics.measured("refresh", holdSession.refresh(authorization))
                .map(in -> RestResponse.ResponseBuilder.ok(SessionView.of(in))
                        .header("Cache-Control", "no-store")
                        .build());
    }

    @POST
    @Path("/logout")
    public Uni<RestResponse<Void>> logout(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return metrics.measured("logout", holdSession.logOut(authorization)).map(ended -> RestResponse.noContent());
    }
}
