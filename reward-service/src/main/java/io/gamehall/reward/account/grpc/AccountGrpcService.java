package io.gamehall.reward.account.grpc;

import io.gamehall.platform.GrpcAuthorization;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.account.Accounts;
import io.gamehall.reward.account.domain.Account;
import io.gamehall.reward.account.domain.Account.GameScore;
import io.gamehall.reward.account.domain.Account.Registration;
import io.gamehall.v1.AccountService;
import io.gamehall.v1.GameStanding;
import io.gamehall.v1.GetAccountRequest;
import io.gamehall.v1.GetMyAccountRequest;
import io.gamehall.v1.PlayerAccount;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;

/** {@code AccountService} on the wire: the twin of the REST resources. Translates; decides nothing. */
@GrpcService
@RegisterInterceptor(GrpcAuthorization.class)
class AccountGrpcService implements AccountService {
    private final LiveTickets tickets;
    private final Accounts accounts;

    AccountGrpcService(LiveTickets tickets, Accounts accounts) {
        this.tickets = tickets;
        this.accounts = accounts;
    }

    @Override
    public Uni<PlayerAccount> getMyAccount(GetMyAccountRequest request) {
        return tickets.verify(GrpcAuthorization.current())
                .flatMap(ticket -> accounts.of(ticket.player(), Registration.live(ticket.name(), ticket.region())))
                .map(account -> message(account).build());
    }

    @Override
    public Uni<PlayerAccount> getAccount(GetAccountRequest request) {
        return tickets.verify(GrpcAuthorization.current())
                .map(ticket -> ticket.require("admin"))
                .flatMap(admin -> accounts.find(request.getPlayerId()))
                .map(found -> found.orElseThrow(
                        () -> new Refusal(Reason.ACCOUNT_NOT_FOUND, "No account of this region has that id")))
                .map(AccountGrpcService::whole);
    }

    private static PlayerAccount whole(Account account) {
        return message(account)
                .setState(
                        switch (account.registration().state()) {
                            case LIVE -> PlayerAccount.State.LIVE;
                            case LEAVING -> PlayerAccount.State.LEAVING;
                            case ARRIVING -> PlayerAccount.State.ARRIVING;
                            case LEFT -> PlayerAccount.State.LEFT;
                        })
                .setOtherRegion(account.registration().otherRegion().orElse(""))
                .build();
    }

    private static PlayerAccount.Builder message(Account account) {
        var message = PlayerAccount.newBuilder()
                .setPlayerId(account.player())
                .setName(account.registration().name())
                .setRegion(account.registration().region())
                .setPoints(account.points());
        account.games().forEach(game -> message.addGames(standing(game)));
        return message;
    }

    private static GameStanding standing(GameScore game) {
        return GameStanding.newBuilder()
                .setGame(game.game())
                .setScore(game.score())
                .setWins(game.wins())
                .setLosses(game.losses())
                .setDraws(game.draws())
                .setDisputed(game.disputed())
                .build();
    }
}
