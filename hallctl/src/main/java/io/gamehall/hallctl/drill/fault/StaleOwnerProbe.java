package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.check.JournalTrace;
import io.gamehall.hallctl.drill.load.PlayerCalls;
import io.gamehall.hallctl.drill.load.Rooms;
import io.gamehall.hallctl.swarm.Trouble;
import io.gamehall.v1.EnterRoom;
import io.gamehall.v1.QuickJoinTable;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.RoomCommandsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Asks an ex-owner directly, with the credential of the services, as a gateway would whose directory is behind. For a
 * player who was a member when it was stopped and has left since: to be let in (which it would confirm without writing
 * anything, if it believed its old state) and for a seat; and for a room that is not there. As long as it does not own
 * the partition anew, only "not me" and "can't tell" are right.
 */
final class StaleOwnerProbe {
    private static final Metadata.Key<String> CREDENTIAL =
            Metadata.Key.of("gamehall-credential", Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<String> NO_ANSWER = Set.of("NOT_OWNER", "OWNER_UNAVAILABLE", "OVERLOADED");
    private static final long DEADLINE_SECONDS = 5;
    private static final long PERIOD_MS = 5;
    private static final int SHOWN_MAX = 10;

    private final String instance;
    private final ManagedChannel channel;
    private final RoomCommandsGrpc.RoomCommandsStub owner;
    private final List<Member> members = new ArrayList<>();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private Thread sender;
    private long wrong;

    /** A player who is a member of a room as the stopped owner knows it. */
    private record Member(long player, String room, int partition, PlayerCalls calls) {}

    /** @param reason empty: it did what was asked */
    private record Answer(Member member, String asked, String reason, long fromMs, long toMs) {
        boolean isNone() {
            return NO_ANSWER.contains(reason) || reason.equals("unreachable");
        }
    }

    private StaleOwnerProbe(String instance, ManagedChannel channel, RoomCommandsGrpc.RoomCommandsStub owner) {
        this.instance = instance;
        this.channel = channel;
        this.owner = owner;
    }

    /** Connects, and lets a player into a room of each partition, through the gateway. */
    static StaleOwnerProbe prepare(Scene scene, String endpoint, String instance, Set<Integer> partitions)
            throws Exception {
        var channel = NettyChannelBuilder.forTarget("dns:///" + endpoint)
                .usePlaintext()
                .directExecutor()
                .build();
        var headers = new Metadata();
        headers.put(CREDENTIAL, scene.hall().credentials().serviceCredential());
        var stub =
                RoomCommandsGrpc.newStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        var probe = new StaleOwnerProbe(instance, channel, stub);
        for (var room : Rooms.of(scene.journal().trace())) {
            int partition = scene.load().availability().partition(room.id());
            if (!partitions.contains(partition)) continue;
            var calls = scene.load().guest();
            var call = calls.enter(room.id());
            scene.load().history().leaveAlone(call.player());
            if (call.reason().isEmpty()) probe.members.add(new Member(call.player(), room.id(), partition, calls));
        }
        return probe;
    }

    /** The new owners let them go, of which the stopped one can't know. Who could not leave is not asked for. */
    void membersLeave() throws InterruptedException {
        for (var member : List.copyOf(members)) {
            if (!member.calls().leave(member.room()).reason().isEmpty()) members.remove(member);
        }
    }

    void start() {
        sender = Thread.ofVirtual().name("stale-probe").start(this::send);
    }

    private void send() {
        try {
            for (int turn = 0; !over && !members.isEmpty(); turn++) {
                var member = members.get(turn % members.size());
                var id = "probe-" + member.player() + "-" + turn;
                var request = RoomCommandRequest.newBuilder()
                        .setPlayerId(member.player())
                        .setSessionGeneration(1)
                        .setRequestId(id);
                switch (turn / members.size() % 3) {
                    case 0 -> ask(member, "Enter", request.setEnter(enter(member.room())));
                    case 1 ->
                        ask(
                                member,
                                "QuickJoin",
                                request.setQuickJoin(QuickJoinTable.newBuilder().setRoomId(member.room())));
                    default -> ask(member, "Enter of " + nowhere(member), request.setEnter(enter(nowhere(member))));
                }
                Thread.sleep(PERIOD_MS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static EnterRoom enter(String room) {
        return EnterRoom.newBuilder().setRoomId(room).build();
    }

    /** A room that does not exist, in the same partition as the member's room. */
    private static String nowhere(Member member) {
        for (int i = 0; ; i++) {
            var room = "nowhere-" + i;
            int partition = io.gamehall.room.journal.JournalPartitions.of(
                    new io.gamehall.room.domain.RoomId(room), io.gamehall.contracts.Topics.ROOM_PARTITIONS);
            if (partition == member.partition()) return room;
        }
    }

    private void ask(Member member, String what, RoomCommandRequest.Builder request) {
        long fromMs = System.currentTimeMillis();
        owner.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .execute(request.build(), new StreamObserver<RoomCommandReply>() {
                    @Override
                    public void onNext(RoomCommandReply reply) {
                        answered("");
                    }

                    @Override
                    public void onError(Throwable failure) {
                        var status = failure instanceof StatusRuntimeException known
                                ? known
                                : Status.fromThrowable(failure).asRuntimeException();
                        answered(Trouble.of(status).reason().orElse("unreachable"));
                    }

                    @Override
                    public void onCompleted() {}

                    private void answered(String reason) {
                        answers.add(new Answer(member, what, reason, fromMs, System.currentTimeMillis()));
                    }
                });
    }

    void stop() throws InterruptedException {
        over = true;
        if (sender != null) sender.join();
        // What is under way has its answer, or its deadline, first.
        channel.shutdown();
        channel.awaitTermination(DEADLINE_SECONDS + 1, TimeUnit.SECONDS);
        channel.shutdownNow();
    }

    String summary() {
        return "asked the stale owner %d times: %d times it said that it can't tell, %d times it answered"
                .formatted(
                        answers.size(),
                        answers.stream().filter(Answer::isNone).count(),
                        answers.stream().filter(answer -> !answer.isNone()).count());
    }

    /** An answer is right only of a process that owned the partition, by the journal, while it was given. */
    List<String> judge(JournalTrace journal) {
        var bad = answers.stream()
                .filter(answer -> !answer.isNone())
                .filter(answer -> !ownedDuring(journal, answer))
                .toList();
        wrong = bad.size();
        return bad.stream()
                .limit(SHOWN_MAX)
                .map(answer -> "the stale owner answered %s for player %d in %s with %s at %d..%d"
                        .formatted(
                                answer.asked(),
                                answer.member().player(),
                                answer.member().room(),
                                answer.reason().isEmpty() ? "yes" : answer.reason(),
                                answer.fromMs(),
                                answer.toMs()))
                .toList();
    }

    private boolean ownedDuring(JournalTrace journal, Answer answer) {
        var all = journal.ownerships().stream()
                .filter(it -> it.partition() == answer.member().partition())
                .toList();
        for (int i = 0; i < all.size(); i++) {
            long until = i + 1 < all.size() ? all.get(i + 1).fromMs() : Long.MAX_VALUE;
            boolean then = all.get(i).fromMs() <= answer.toMs() && until >= answer.fromMs();
            if (then && all.get(i).instance().equals(instance)) return true;
        }
        return false;
    }

    Map<String, Object> figures() {
        return Map.of(
                "stale_probes",
                answers.size(),
                "stale_answers",
                answers.stream().filter(answer -> !answer.isNone()).count(),
                "stale_wrong",
                wrong);
    }
}
