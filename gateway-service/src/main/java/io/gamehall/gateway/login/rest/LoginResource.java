package io.gamehall.gateway.login.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.gateway.login.LogIn;
import io.gamehall.gateway.login.LoginMetrics;
import io.gamehall.gateway.login.LoginOutcome;
import io.gamehall.gateway.login.RegisterAccount;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/** The REST twins of {@code LoginService}. */
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class LoginResource {
    private final RegisterAccount registerAccount;
    private final LogIn logIn;
    private final LoginMetrics metrics;

    LoginResource(RegisterAccount registerAccount, LogIn logIn, LoginMetrics metrics) {
        this.registerAccount = registerAccount;
        this.logIn = logIn;
        this.metrics = metrics;
    }

    /** Name and password; the region may be left out. */
    public record Credentials(String name, String password, String region) {
        String regionOrHere() {
            return region == null ? "" : region;
        }
    }

    /** A session, or where to go for one. Player ids are decimal strings; the address is host:port. */
    @RegisterForReflection
    public record SessionView(
            @JsonProperty("player_id") String playerId,
            @JsonProperty("token") String token,
            @JsonProperty("expires_at_ms") long expiresAtMs,
            @JsonProperty("region") String region,
            @JsonProperty("hall_address") String hallAddress,
            @JsonProperty("activity_url") String activityUrl,
            @JsonProperty("reward_url") String rewardUrl) {}

    /** Another region's hall; the header {@code Location} has its full URL. */
    @RegisterForReflection
    public record RedirectView(
            @JsonProperty("region") String region,
            @JsonProperty("hall_address") String hallAddress) {}

    @POST
    @Path("/register")
    public Uni<RestResponse<Object>> register(Credentials credentials) {
        var asked = complete(credentials);
        return metrics.measured(
                        "register", registerAccount.register(asked.name(), asked.password(), asked.regionOrHere()))
                .map(outcome -> response(outcome, "/api/register"));
    }

    @POST
    @Path("/login")
    public Uni<RestResponse<Object>> login(Credentials credentials) {
        var asked = complete(credentials);
        return metrics.measured("login", logIn.logIn(asked.name(), asked.password(), asked.regionOrHere()))
                .map(outcome -> response(outcome, "/api/login"));
    }

    private static Credentials complete(Credentials credentials) {
        if (credentials == null || credentials.name() == null || credentials.password() == null) {
            throw new Refusal(Reason.REQUEST_INVALID, "Send {\"name\": …, \"password\": …}");
        }
        return credentials;
    }

    private static RestResponse<Object> response(LoginOutcome outcome, String path) {
        return switch (outcome) {
            case LoginOutcome.LoggedIn in ->
                RestResponse.ResponseBuilder.<Object>ok(new SessionView(
                                Long.toUnsignedString(in.player()),
                                in.token(),
                                in.expiresAt().toEpochMilli(),
                                in.region(),
                                in.hallAddress(),
                                in.activityUrl(),
                                in.rewardUrl()))
                        .header("Cache-Control", "no-store")
                        .build();
            case LoginOutcome.Redirected to ->
                RestResponse.ResponseBuilder.<Object>create(
                                RestResponse.Status.TEMPORARY_REDIRECT, new RedirectView(to.region(), to.hallAddress()))
                        .location(URI.create("http://" + to.hallAddress() + path))
                        .build();
        };
    }
}
