package io.gamehall.reward.achievement.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.gamehall.platform.GrpcAuthorization;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.reward.achievement.Achievements;
import io.gamehall.reward.achievement.domain.AchievementPage;
import io.gamehall.reward.achievement.domain.AchievementPage.Cursor;
import io.gamehall.reward.achievement.domain.AchievementPage.Item;
import io.gamehall.reward.achievement.domain.AchievementPage.Query;
import io.gamehall.reward.achievement.domain.Merge;
import io.gamehall.reward.achievement.domain.Role;
import io.gamehall.v1.Achievement;
import io.gamehall.v1.AchievementService;
import io.gamehall.v1.ListAchievementsReply;
import io.gamehall.v1.ListAchievementsRequest;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** {@code AchievementService} on the wire: the twin of the REST resource. Translates; decides nothing. */
@GrpcService
@RegisterInterceptor(GrpcAuthorization.class)
class AchievementGrpcService implements AchievementService {
    private final LiveTickets tickets;
    private final Achievements achievements;

    AchievementGrpcService(LiveTickets tickets, Achievements achievements) {
        this.tickets = tickets;
        this.achievements = achievements;
    }

    @Override
    public Uni<ListAchievementsReply> listAchievements(ListAchievementsRequest request) {
        return tickets.verify(GrpcAuthorization.current())
                .flatMap(ticket -> achievements.page(query(ticket, request)))
                .map(AchievementGrpcService::reply);
    }

    private static Query query(Ticket ticket, ListAchievementsRequest request) {
        var player = request.getPlayerId() == 0 ? ticket.player() : request.getPlayerId();
        if (player != ticket.player()) ticket.require("admin");
        try {
            return new Query(
                    player,
                    request.getPageSize() == 0 ? Query.LIMIT_DEFAULT : request.getPageSize(),
                    request.getPageToken().isEmpty() ? Optional.empty() : Optional.of(cursor(request.getPageToken())));
        } catch (IllegalArgumentException nonsense) {
            throw new Refusal(Reason.REQUEST_INVALID, nonsense.getMessage());
        }
    }

    private static Cursor cursor(String text) {
        try {
            return Cursor.parse(text);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException("page_token is not the next_page_token of an earlier page", damaged);
        }
    }

    private static ListAchievementsReply reply(AchievementPage page) {
        var reply = ListAchievementsReply.newBuilder()
                .setNextPageToken(page.next().map(Cursor::text).orElse(""));
        page.items().forEach(item -> reply.addAchievements(achievement(item)));
        return reply.build();
    }

    private static Achievement achievement(Item item) {
        var role = Role.parse(item.role());
        var achievement = item.achievement();
        return Achievement.newBuilder()
                .setPlatform(role.platform())
                .setZone((int) role.zone())
                .setServer((int) role.server())
                .setRoleId(role.id())
                .setType(achievement.type())
                .setValue(achievement.value())
                .setSum(achievement.merge() == Merge.SUM)
                .setPayload(
                        UnsafeByteOperations.unsafeWrap(achievement.payload().bytes()))
                .setAtMs(achievement.latest().atMs())
                .setReportedAtMs(achievement.reportedAtMs())
                .build();
    }
}
