package io.gamehall.gateway.login.grpc;

import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.gateway.login.HoldSession;
import io.gamehall.gateway.login.LogIn;
import io.gamehall.gateway.login.LogInAsGuest;
import io.gamehall.gateway.login.LogInWithOidc;
import io.gamehall.gateway.login.LoginMetrics;
import io.gamehall.gateway.login.LoginOutcome;
import io.gamehall.gateway.login.RegisterAccount;
import io.gamehall.gateway.routing.Arrival;
import io.gamehall.gateway.routing.Redirected;
import io.gamehall.gateway.routing.RoutePlayer;
import io.gamehall.gateway.routing.domain.Hall;
import io.gamehall.platform.GrpcAuthorization;
import io.gamehall.v1.GuestRequest;
import io.gamehall.v1.LoginReply;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginService;
import io.gamehall.v1.LogoutReply;
import io.gamehall.v1.LogoutRequest;
import io.gamehall.v1.OidcRequest;
import io.gamehall.v1.Redirect;
import io.gamehall.v1.RefreshRequest;
import io.gamehall.v1.RegisterRequest;
import io.gamehall.v1.RouteReply;
import io.gamehall.v1.RouteRequest;
import io.gamehall.v1.Session;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;

/** {@code LoginService} on the wire. */
@GrpcService
@RegisterInterceptor(GrpcAuthorization.class)
class LoginGrpcService implements LoginService {
    private final RegisterAccount registerAccount;
    private final LogIn logIn;
    private final LogInAsGuest logInAsGuest;
    private final LogInWithOidc logInWithOidc;
    private final HoldSession holdSession;
    private final RoutePlayer routePlayer;
    private final LoginMetrics metrics;

    LoginGrpcService(
            RegisterAccount registerAccount,
            LogIn logIn,
            LogInAsGuest logInAsGuest,
            LogInWithOidc logInWithOidc,
            HoldSession holdSession,
            RoutePlayer routePlayer,
            LoginMetrics metrics) {
        this.registerAccount = registerAccount;
        this.logIn = logIn;
        this.logInAsGuest = logInAsGuest;
        this.logInWithOidc = logInWithOidc;
        this.holdSession = holdSession;
        this.routePlayer = routePlayer;
        this.metrics = metrics;
    }

    @Override
    public Uni<LoginReply> register(RegisterRequest request) {
        var outcome = registerAccount.register(
                request.getName(), request.getPassword(), arrival(request.getRegion(), request.getTicket()));
        return metrics.measured("register", outcome).map(LoginGrpcService::reply);
    }

    @Override
    public Uni<LoginReply> login(LoginRequest request) {
        var outcome = logIn.logIn(
                request.getName(), request.getPassword(), arrival(request.getRegion(), request.getTicket()));
        return metrics.measured("login", outcome).map(LoginGrpcService::reply);
    }

    @Override
    public Uni<LoginReply> loginAsGuest(GuestRequest request) {
        return metrics.measured("guest", logInAsGuest.logIn(arrival(request.getRegion(), request.getTicket())))
                .map(LoginGrpcService::reply);
    }

    @Override
    public Uni<LoginReply> loginWithOidc(OidcRequest request) {
        var outcome = logInWithOidc.logIn(request.getIdToken(), arrival(request.getRegion(), request.getTicket()));
        return metrics.measured("oidc", outcome).map(LoginGrpcService::reply);
    }

    @Override
    public Uni<Session> refresh(RefreshRequest request) {
        var refreshed = holdSession.refresh(GrpcAuthorization.current());
        return metrics.measured("refresh", refreshed).map(LoginGrpcService::session);
    }

    @Override
    public Uni<LogoutReply> logout(LogoutRequest request) {
        var ended = holdSession.logOut(GrpcAuthorization.current());
        return metrics.measured("logout", ended).replaceWith(LogoutReply.getDefaultInstance());
    }

    @Override
    public Uni<RouteReply> route(RouteRequest request) {
        var arrival = arrival(request.getRegion(), request.getTicket());
        return Uni.createFrom().item(() -> routePlayer
                .asking(arrival)
                .map(to -> routeReply(new Hall(to.region(), to.hallAddress()), to.ticket()))
                .orElseGet(() -> routeReply(routePlayer.here(), "")));
    }

    private static Arrival arrival(String region, String ticket) {
        return new Arrival(region, ticket, ClientAddress.current());
    }

    private static RouteReply routeReply(Hall hall, String ticket) {
        return RouteReply.newBuilder()
                .setRegion(hall.region())
                .setHallAddress(hall.address())
                .setTicket(ticket)
                .build();
    }

    private static Redirect.Builder redirect(Redirected to) {
        return Redirect.newBuilder()
                .setRegion(to.region())
                .setHallAddress(to.hallAddress())
                .setTicket(to.ticket());
    }

    private static LoginReply reply(LoginOutcome outcome) {
        var reply = LoginReply.newBuilder();
        switch (outcome) {
            case LoginOutcome.LoggedIn in -> reply.setSession(session(in));
            case LoginOutcome.Elsewhere elsewhere -> reply.setRedirect(redirect(elsewhere.to()));
        }
        return reply.build();
    }

    private static Session session(LoginOutcome.LoggedIn in) {
        return Session.newBuilder()
                .setPlayerId(in.player())
                .setToken(in.token())
                .setExpiresAtMs(in.expiresAt().toEpochMilli())
                .setRegion(in.region())
                .setHallAddress(in.hallAddress())
                .setActivityUrl(in.activityUrl())
                .setRewardUrl(in.rewardUrl())
                .build();
    }
}
