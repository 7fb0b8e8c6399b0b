package io.gamehall.reward.grant.grpc;

import io.gamehall.platform.GrpcAuthorization;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.reward.grant.ChangeGrants;
import io.gamehall.reward.grant.GrantHistory;
import io.gamehall.reward.grant.PageTokens;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.reward.grant.domain.Page;
import io.gamehall.reward.grant.domain.Page.Moment;
import io.gamehall.reward.grant.domain.Page.Query;
import io.gamehall.v1.ClaimRewardRequest;
import io.gamehall.v1.GrantService;
import io.gamehall.v1.ListGrantsReply;
import io.gamehall.v1.ListGrantsRequest;
import io.gamehall.v1.ListHoldingsReply;
import io.gamehall.v1.ListHoldingsRequest;
import io.gamehall.v1.ListLedgerReply;
import io.gamehall.v1.ListLedgerRequest;
import io.gamehall.v1.PlayerGrant;
import io.gamehall.v1.RevokeRewardRequest;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code GrantService} on the wire: the twin of the REST resources. Translates; decides nothing. */
@GrpcService
@RegisterInterceptor(GrpcAuthorization.class)
class GrantGrpcService implements GrantService {
    private static final String ADMIN = "admin";

    private final LiveTickets tickets;
    private final GrantHistory history;
    private final ChangeGrants grants;

    GrantGrpcService(LiveTickets tickets, GrantHistory history, ChangeGrants grants) {
        this.tickets = tickets;
        this.history = history;
        this.grants = grants;
    }

    @Override
    public Uni<ListGrantsReply> listGrants(ListGrantsRequest request) {
        return caller().flatMap(ticket -> {
            var query = history(ticket, request.getPlayerId(), request.getPageSize(), request.getPageToken());
            return history.grants(query).map(page -> GrantMessages.grants(page, isAdmin(ticket)));
        });
    }

    @Override
    public Uni<ListLedgerReply> listLedger(ListLedgerRequest request) {
        return caller().flatMap(ticket -> {
            var query = history(ticket, request.getPlayerId(), request.getPageSize(), request.getPageToken());
            return history.ledger(query).map(page -> GrantMessages.ledger(page, isAdmin(ticket)));
        });
    }

    @Override
    public Uni<ListHoldingsReply> listHoldings(ListHoldingsRequest request) {
        return caller().flatMap(ticket -> {
            var query = query(
                    player(ticket, request.getPlayerId()),
                    request.getPageSize(),
                    Page.LIMIT_MAX,
                    request.getPageToken(),
                    PageTokens::place);
            return history.holdings(query).map(GrantMessages::holdings);
        });
    }

    @Override
    public Uni<PlayerGrant> claimReward(ClaimRewardRequest request) {
        return caller().flatMap(ticket -> {
            var key = sensible(() -> Grant.key(ticket.player(), request.getGrantId()));
            return grants.claim(key).map(grant -> GrantMessages.grant(grant, System.currentTimeMillis(), false));
        });
    }

    @Override
    public Uni<PlayerGrant> revokeReward(RevokeRewardRequest request) {
        return caller().map(ticket -> ticket.require(ADMIN)).flatMap(admin -> {
            var key = sensible(() -> Grant.key(request.getPlayerId(), request.getGrantId()));
            var why = sensible(() -> GrantChange.why(request.getWhy()));
            return grants.revoke(key, admin.player(), why)
                    .map(grant -> GrantMessages.grant(grant, System.currentTimeMillis(), true));
        });
    }

    private Uni<Ticket> caller() {
        return tickets.verify(GrpcAuthorization.current());
    }

    private static boolean isAdmin(Ticket ticket) {
        return ticket.roles().contains(ADMIN);
    }

    /** Whose data is asked for; others' than the caller's are for administrators. */
    private static long player(Ticket ticket, long asked) {
        if (asked == 0 || asked == ticket.player()) return ticket.player();
        ticket.require(ADMIN);
        return asked;
    }

    private static Query<Moment> history(Ticket ticket, long asked, int size, String token) {
        return query(player(ticket, asked), size, Page.LIMIT_DEFAULT, token, PageTokens::moment);
    }

    private static <C> Query<C> query(long player, int size, int usual, String token, Function<String, C> parse) {
        return sensible(() -> new Query<>(
                player,
                size == 0 ? usual : size,
                token.isEmpty() ? Optional.empty() : Optional.of(parse.apply(token))));
    }

    private static <T> T sensible(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException nonsense) {
            throw new Refusal(Reason.REQUEST_INVALID, nonsense.getMessage());
        }
    }
}
