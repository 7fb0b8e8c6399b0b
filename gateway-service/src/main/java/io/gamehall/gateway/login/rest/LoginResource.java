package io.gamehall.gateway.login.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.gateway.login.LogIn;
import io.gamehall.gateway.login.LogInAsGuest;
import io.gamehall.gateway.login.LogInWithOidc;
import io.gamehall.gateway.login.LoginMetrics;
import io.gamehall.gateway.login.LoginOutcome;
import io.gamehall.gateway.login.RegisterAccount;
import io.gamehall.gateway.routing.Arrival;
import io.gamehall.gateway.routing.Redirected;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The REST twins of {@code LoginService}. */
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class LoginResource {
    private final RegisterAccount registerAccount;
    private final LogIn logIn;
    private final LogInAsGuest logInAsGuest;
    private final LogInWithOidc logInWithOidc;
    private final LoginMetrics metrics;

    LoginResource(
            RegisterAccount registerAccount,
            LogIn logIn,
            LogInAsGuest logInAsGuest,
            LogInWithOidc logInWithOidc,
            LoginMetrics metrics) {
        this.registerAccount = registerAccount;
        this.logIn = logIn;
        this.logInAsGuest = logInAsGuest;
        this.logInWithOidc = logInWithOidc;
        this.metrics = metrics;
    }

    /** Name and password; the region may be left out, and so may the ticket of a redirect, or it is in the URL. */
    public record Credentials(String name, String password, String region, String ticket) {}

    /** A guest brings nothing; the region may be left out, and so may all of it. */
    public record Guest(String region, String ticket) {}

    /** What the issuer has signed; the region may be left out. */
    public record OidcProof(@JsonProperty("id_token") String idToken, String region, String ticket) {}

    /** A session, or where to go for one. Player ids are decimal strings; the address is host:port. */
    @RegisterForReflection
    public record SessionView(
            @JsonProperty("player_id") String playerId,
            @JsonProperty("token") String token,
            @JsonProperty("expires_at_ms") long expiresAtMs,
            @JsonProperty("region") String region,
            @JsonProperty("hall_address") String hallAddress,
            @JsonProperty("activity_url") String activityUrl,
            @JsonProperty("reward_url") String rewardUrl) {
        static SessionView of(LoginOutcome.LoggedIn in) {
            return new SessionView(
                    Long.toUnsignedString(in.player()),
                    in.token(),
                    in.expiresAt().toEpochMilli(),
                    in.region(),
                    in.hallAddress(),
                    in.activityUrl(),
                    in.rewardUrl());
        }
    }

    /** Another hall; the header {@code Location} has the full URL, ticket and all. */
    @RegisterForReflection
    public record RedirectView(
            @JsonProperty("region") String region,
            @JsonProperty("hall_address") String hallAddress,
            @JsonProperty("ticket") String ticket) {}

    @POST
    @Path("/register")
    public Uni<RestResponse<Object>> register(
            Credentials credentials, @QueryParam("ticket") @DefaultValue("") String ticket) {
        var asked = complete(credentials);
        return metrics.measured(
                        "register",
                        registerAccount.register(
                                asked.name(), asked.password(), arrival(asked.region(), asked.ticket(), ticket)))
                .map(outcome -> response(outcome, "/api/register"));
    }

    @POST
    @Path("/login")
    public Uni<RestResponse<Object>> login(
            Credentials credentials, @QueryParam("ticket") @DefaultValue("") String ticket) {
        var asked = complete(credentials);
        return metrics.measured(
                        "login",
                        logIn.logIn(asked.name(), asked.password(), arrival(asked.region(), asked.ticket(), ticket)))
                .map(outcome -> response(outcome, "/api/login"));
    }

    @POST
    @Path("/login/guest")
    public Uni<RestResponse<Object>> loginAsGuest(Guest guest, @QueryParam("ticket") @DefaultValue("") String ticket) {
        var arrival = guest == null ? arrival(null, null, ticket) : arrival(guest.region(), guest.ticket(), ticket);
        return metrics.measured("guest", logInAsGuest.logIn(arrival))
                .map(outcome -> response(outcome, "/api/login/guest"));
    }

    @POST
    @Path("/login/oidc")
    public Uni<RestResponse<Object>> loginWithOidc(
            OidcProof proof, @QueryParam("ticket") @DefaultValue("") String ticket) {
        if (proof == null || proof.idToken() == null) {
            throw new Refusal(Reason.REQUEST_INVALID, "Send {\"id_token\": …}");
        }
        return metrics.measured(
                        "oidc", logInWithOidc.logIn(proof.idToken(), arrival(proof.region(), proof.ticket(), ticket)))
                .map(outcome -> response(outcome, "/api/login/oidc"));
    }

    private static Arrival arrival(String region, String ticket, String ticketOfUrl) {
        var given = ticketOfUrl.isEmpty() && ticket != null ? ticket : ticketOfUrl;
        return new Arrival(region == null ? "" : region, given, ClientAddress.current());
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
                RestResponse.ResponseBuilder.<Object>ok(SessionView.of(in))
                        .header("Cache-Control", "no-store")
                        .build();
            case LoginOutcome.Elsewhere(Redirected to) ->
                RestResponse.ResponseBuilder.<Object>create(
                                RestResponse.Status.TEMPORARY_REDIRECT,
                                new RedirectView(to.region(), to.hallAddress(), to.ticket()))
                        .location(to.location(path))
                        .header("Cache-Control", "no-store")
                        .build();
        };
    }
}
