package io.gamehall.reward.grant.domain;

import io.gamehall.reward.grant.domain.ChangeRules.Decision.Changed;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Refused;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Stands;
import io.gamehall.reward.grant.domain.GrantChange.What;

/** What may become of a grant. Pure; asked again after its own change, each answers that the change stands. */
public final class ChangeRules {
    private ChangeRules() {}

    /** What is to become of a grant. */
    public sealed interface Command {
        /** Milliseconds since 1970. */
        long atMs();

        /** The player claims it. */
        record Claim(long player, long atMs) implements Command {}

        /** An administrator takes it back, for good. */
        record Revoke(long admin, String why, long atMs) implements Command {}
    }

    /** What comes of a command. */
    public sealed interface Decision {
        /** The change is to be recorded. */
        record Changed(StandingGrant after, GrantChange change) implements Decision {}

        /** Nothing is to be done: it is so already. */
        record Stands(StandingGrant grant) implements Decision {}

        /** It may not be. */
        record Refused(StandingGrant grant, Cause cause) implements Decision {}

        /** The account is moving, or lives elsewhere: changes are made where it is open. */
        record Elsewhere(String otherRegion) implements Decision {}

        /** Why a command is refused. */
        enum Cause {
            EXPIRED,
            REVOKED
        }
    }

    /** Decides on a command. */
    public static Decision decide(StandingGrant grant, Command command) {
        return switch (command) {
            case Command.Claim claim -> claim(grant, claim);
            case Command.Revoke revoke -> revoke(grant, revoke);
        };
    }

    private static Decision claim(StandingGrant grant, Command.Claim claim) {
        return switch (grant.state(claim.atMs())) {
            case REVOKED -> new Refused(grant, Decision.Cause.REVOKED);
            case EXPIRED -> new Refused(grant, Decision.Cause.EXPIRED);
            case GRANTED, CLAIMED -> new Stands(grant);
            case CLAIMABLE -> changed(grant, What.CLAIMED, amount(grant), claim.atMs(), claim.player(), "");
        };
    }

    private static Decision revoke(StandingGrant grant, Command.Revoke revoke) {
        return switch (grant.state(revoke.atMs())) {
            case REVOKED -> new Stands(grant);
            // All of it, also where the player has less left: the balance then is below 0.
            case GRANTED, CLAIMED ->
                changed(grant, What.REVOKED, -amount(grant), revoke.atMs(), revoke.admin(), revoke.why());
            case CLAIMABLE, EXPIRED -> changed(grant, What.REVOKED, 0, revoke.atMs(), revoke.admin(), revoke.why());
        };
    }

    private static long amount(StandingGrant grant) {
        return grant.grant().reward().amount();
    }

    private static Decision changed(StandingGrant grant, What what, long delta, long atMs, long by, String why) {
        var change = new GrantChange(grant.changes().size() + 1, what, delta, atMs, by, why);
        return new Changed(grant.and(change), change);
    }
}
