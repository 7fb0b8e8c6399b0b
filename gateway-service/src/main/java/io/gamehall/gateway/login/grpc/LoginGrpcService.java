package io.gamehall.gateway.login.grpc;

import io.gamehall.gateway.login.LogIn;
import io.gamehall.gateway.login.LoginMetrics;
import io.gamehall.gateway.login.LoginOutcome;
import io.gamehall.gateway.login.RegisterAccount;
import io.gamehall.v1.LoginReply;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginService;
import io.gamehall.v1.Redirect;
import io.gamehall.v1.RegisterRequest;
import io.gamehall.v1.Session;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** {@code LoginService} on the wire. */
@GrpcService
class LoginGrpcService implements LoginService {
    private final RegisterAccount registerAccount;
    private final LogIn logIn;
    private final LoginMetrics metrics;

    LoginGrpcService(RegisterAccount registerAccount, LogIn logIn, LoginMetrics metrics) {
        this.registerAccount = registerAccount;
        this.logIn = logIn;
        this.metrics = metrics;
    }

    @Override
    public Uni<LoginReply> register(RegisterRequest request) {
        var outcome = registerAccount.register(request.getName(), request.getPassword(), request.getRegion());
        return metrics.measured("register", outcome).map(LoginGrpcService::reply);
    }

    @Override
    public Uni<LoginReply> login(LoginRequest request) {
        var outcome = logIn.logIn(request.getName(), request.getPassword(), request.getRegion());
        return metrics.measured("login", outcome).map(LoginGrpcService::reply);
    }

    private static LoginReply reply(LoginOutcome outcome) {
        var reply = LoginReply.newBuilder();
        switch (outcome) {
            case LoginOutcome.LoggedIn in ->
                reply.setSession(Session.newBuilder()
                        .setPlayerId(in.player())
                        .setToken(in.token())
                        .setExpiresAtMs(in.expiresAt().toEpochMilli())
                        .setRegion(in.region())
                        .setHallAddress(in.hallAddress())
                        .setActivityUrl(in.activityUrl())
                        .setRewardUrl(in.rewardUrl()));
            case LoginOutcome.Redirected to ->
                reply.setRedirect(Redirect.newBuilder().setRegion(to.region()).setHallAddress(to.hallAddress()));
        }
        return reply.build();
    }
}
