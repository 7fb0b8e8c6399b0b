package io.gamehall.reward.grant.grpc;

import io.gamehall.reward.grant.PageTokens;
import io.gamehall.reward.grant.domain.GrantChange.What;
import io.gamehall.reward.grant.domain.Holdings;
import io.gamehall.reward.grant.domain.LedgerEntry;
import io.gamehall.reward.grant.domain.Page;
import io.gamehall.reward.grant.domain.Page.Moment;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.gamehall.v1.Holding;
import io.gamehall.v1.ListGrantsReply;
import io.gamehall.v1.ListHoldingsReply;
import io.gamehall.v1.ListLedgerReply;
import io.gamehall.v1.PlayerGrant;
import io.gamehall.v1.Reward;

/** What is told over gRPC. */
final class GrantMessages {
    private GrantMessages() {}

    static ListGrantsReply grants(Page<StandingGrant, Moment> page, boolean toAdmin) {
        var nowMs = System.currentTimeMillis();
        var reply = ListGrantsReply.newBuilder();
        page.items().forEach(grant -> reply.addGrants(grant(grant, nowMs, toAdmin)));
        page.next().ifPresent(next -> reply.setNextPageToken(PageTokens.of(next)));
        return reply.build();
    }

    static ListLedgerReply ledger(Page<LedgerEntry, Moment> page, boolean toAdmin) {
        var reply = ListLedgerReply.newBuilder();
        page.items().forEach(entry -> reply.addEntries(entry(entry, toAdmin)));
        page.next().ifPresent(next -> reply.setNextPageToken(PageTokens.of(next)));
        return reply.build();
    }

    static ListHoldingsReply holdings(Holdings held) {
        var reply = ListHoldingsReply.newBuilder().setPoints(held.points());
        held.others()
                .items()
                .forEach(one -> reply.addHoldings(Holding.newBuilder()
                        .setKind(one.kind())
                        .setName(one.name())
                        .setAmount(one.amount())));
        held.others().next().ifPresent(next -> reply.setNextPageToken(PageTokens.of(next)));
        return reply.build();
    }

    /** @param nowMs milliseconds since 1970 */
    static PlayerGrant grant(StandingGrant standing, long nowMs, boolean toAdmin) {
        var grant = standing.grant();
        var message = PlayerGrant.newBuilder()
                .setGrantId(grant.id())
                .setSourceId(grant.key().id())
                .setActivityId(grant.activity())
                .setReward(Reward.newBuilder()
                        .setKind(grant.reward().kind())
                        .setName(grant.reward().name())
                        .setAmount(grant.reward().amount())
                        .setClaimed(!grant.isGivenAtOnce()))
                .setState(state(standing.state(nowMs)))
                .setGrantedAtMs(grant.grantedAtMs())
                .setClaimUntilMs(grant.claimUntilMs());
        standing.change(What.CLAIMED).ifPresent(claim -> message.setClaimedAtMs(claim.atMs()));
        standing.change(What.REVOKED).ifPresent(revocation -> {
            message.setRevokedAtMs(revocation.atMs()).setWhy(revocation.why());
            if (toAdmin) message.setRevokedBy(revocation.by());
        });
        return message.build();
    }

    private static PlayerGrant.State state(StandingGrant.State state) {
        return switch (state) {
            case GRANTED -> PlayerGrant.State.GRANTED;
            case CLAIMABLE -> PlayerGrant.State.CLAIMABLE;
            case EXPIRED -> PlayerGrant.State.EXPIRED;
            case CLAIMED -> PlayerGrant.State.CLAIMED;
            case REVOKED -> PlayerGrant.State.REVOKED;
        };
    }

    private static io.gamehall.v1.LedgerEntry.Builder entry(LedgerEntry entry, boolean toAdmin) {
        var grant = entry.grant();
        var message = io.gamehall.v1.LedgerEntry.newBuilder()
                .setWhat(entry.what().map(GrantMessages::what).orElse(io.gamehall.v1.LedgerEntry.What.GRANTED))
                .setGrantId(grant.id())
                .setActivityId(grant.activity())
                .setKind(grant.reward().kind())
                .setName(grant.reward().name())
                .setDelta(entry.delta())
                .setAtMs(entry.atMs());
        entry.change().filter(change -> change.what() == What.REVOKED).ifPresent(revocation -> {
            message.setWhy(revocation.why());
            if (toAdmin) message.setRevokedBy(revocation.by());
        });
        return message;
    }

    private static io.gamehall.v1.LedgerEntry.What what(What what) {
        return switch (what) {
            case CLAIMED -> io.gamehall.v1.LedgerEntry.What.CLAIMED;
            case REVOKED -> io.gamehall.v1.LedgerEntry.What.REVOKED;
        };
    }
}
