package io.gamehall.hallctl.swarm;

import io.gamehall.v1.LoginReply;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginServiceGrpc;
import io.gamehall.v1.Redirect;
import io.gamehall.v1.RegisterRequest;
import io.gamehall.v1.Session;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;

/** How a player becomes a session: registers, then logs in with name and password, and follows every redirect. */
final class SignIn {
    private static final int REDIRECTS_MAX = 5;

    private final Caller caller;
    private final Connections connections;
    private final Tally tally;
    private final int number;

    /** @param number of the player */
    SignIn(Caller caller, Connections connections, Tally tally, int number) {
        this.caller = caller;
        this.connections = connections;
        this.tally = tally;
        this.number = number;
    }

    /**
     * @param address of the hall that the player knows
     * @param region empty: that of the hall
     */
    Session signIn(String address, String name, String password, String region)
            throws CallFailed, InterruptedException {
        var registration = RegisterRequest.newBuilder()
                .setName(name)
                .setPassword(password)
                .setRegion(region)
                .build();
        follow(
                CallKind.REGISTER,
                address,
                (stub, ticket) -> register(
                        stub, registration.toBuilder().setTicket(ticket).build()));
        var login = LoginRequest.newBuilder()
                .setName(name)
                .setPassword(password)
                .setRegion(region)
                .build();
        var session = follow(
                CallKind.LOGIN,
                address,
                (stub, ticket) -> stub.login(login.toBuilder().setTicket(ticket).build()));
        tally.logins.increment();
        return session;
    }

    /** An attempt that got no answer may have made the account: then the name is taken, by us. */
    private LoginReply register(LoginServiceGrpc.LoginServiceBlockingStub stub, RegisterRequest request) {
        try {
            return stub.register(request);
        } catch (StatusRuntimeException e) {
            if (mayHaveRegistered && Trouble.of(e).name().equals("NAME_TAKEN")) {
                return LoginReply.newBuilder()
                        .setSession(Session.getDefaultInstance())
                        .build();
            }
            mayHaveRegistered |= Trouble.of(e).unreachable();
            throw e;
        }
    }

    private boolean mayHaveRegistered;

    @FunctionalInterface
    private interface Ask {
        LoginReply of(LoginServiceGrpc.LoginServiceBlockingStub stub, String ticket);
    }

    private Session follow(CallKind kind, String firstAddress, Ask ask) throws CallFailed, InterruptedException {
        var address = firstAddress;
        var redirect = Redirect.getDefaultInstance();
        for (int hops = 0; hops <= REDIRECTS_MAX; hops++) {
            var channel = connections.to(address, number);
            var ticket = redirect.getTicket();
            var reply = caller.demand(
                    kind,
                    () -> ask.of(
                            LoginServiceGrpc.newBlockingStub(channel)
                                    .withDeadlineAfter(Caller.DEADLINE.toMillis(), TimeUnit.MILLISECONDS),
                            ticket));
            if (reply.hasSession()) {
                return reply.getSession();
            }
            tally.redirects.increment();
            redirect = reply.getRedirect();
            address = redirect.getHallAddress();
        }
        tally.faults.note(kind.label() + ": redirected in a loop", firstAddress + " ... " + address);
        throw new CallFailed("redirected in a loop");
    }
}
