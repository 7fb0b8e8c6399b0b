package io.gamehall.hallctl.drill.load;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.drill.history.History;
import io.gamehall.hallctl.state.SessionSigner;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.PlayServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** All players of a drill, on the public API of the gateways. */
public final class Load implements AutoCloseable {
    /** From the end of the load until the last call is answered or given up. */
    private static final Duration FINISH_MAX = Duration.ofSeconds(30);

    private static final Duration TOKEN_LIFE = Duration.ofHours(2);
    private static final int CHANNELS = 8;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final List<String> gateways;
    private final SessionSigner signer;
    private final String region;
    private final List<Way> ways = new ArrayList<>();
    private final Map<Long, String> pulses = new LinkedHashMap<>();
    private final History history = new History();
    private final Availability availability = new Availability(Topics.ROOM_PARTITIONS);
    private final Tempo tempo = new Tempo();
    private final List<Ear> ears = new ArrayList<>();
    private final SplittableRandom random;
    private final long firstPlayer;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("drill-player-", 0).factory());
    private int players;
    private volatile boolean over;

    /**
     * @param gateways host:port of each
     * @param seed of what the players choose
     */
    public Load(List<String> gateways, String region, SessionSigner signer, long seed) {
        this.region = region;
        this.signer = signer;
        this.random = new SplittableRandom(seed);
        // No two runs on one data folder have players in common.
        this.firstPlayer = (1L << 40) + (System.currentTimeMillis() & 0xFFFFFFFL) * 4_096;
        this.gateways = List.copyOf(gateways);
        for (int i = 0; i < CHANNELS; i++) open();
    }

    /** A connection, and the gateway to which it leads as long as that is there. */
    private record Way(ManagedChannel channel, String gateway) {}

    private Way open() {
        int first = ways.size() % gateways.size();
        var way = new Way(
                NettyChannelBuilder.forTarget(GatewayNames.target(gateways, first))
                        .usePlaintext()
                        .directExecutor()
                        .build(),
                gateways.get(first));
        ways.add(way);
        return way;
    }

    /**
     * A pulse in each room, first of all, and the wanderers.
     *
     * @param arrive the wanderers come one after the other within this time: the processes are cold
     */
    public void start(List<Rooms.Room> rooms, int wanderers, Duration arrive) {
        for (var room : rooms) {
            // Each on a connection of its own: a server cuts one off on which too many tries are given up.
            var way = open();
            var session = session(Manners.HASTY, way);
            pulses.put(session.player(), way.gateway());
            threads.execute(new Pulse(session.calls(), session.ear(), room.id(), this::isOver));
        }
        for (int i = 0; i < wanderers; i++) {
            var session = session(Manners.POLITE, ways.get(i % CHANNELS));
            threads.execute(new Wanderer(
                    session.player(), session.calls(), session.ear(), rooms, random.split(), this::isOver, arrive));
        }
    }

    /** A further player, whose calls are recorded with the others'; who asks it must call it from one thread. */
    public PlayerCalls guest() {
        return session(Manners.HASTY, ways.getFirst()).calls();
    }

    private record Session(long player, PlayerCalls calls, Ear ear) {}

    /** Players who sit down, each at once and once, and then only listen. */
    public List<Sitter> sit(List<Rooms.Room> rooms, int count) {
        var sitters = new ArrayList<Sitter>();
        for (int i = 0; i < count; i++) {
            var way = ways.get(i % CHANNELS);
            var session = session(Manners.POLITE, way);
            var sitter = new Sitter(
                    session.player(),
                    way.gateway(),
                    session.calls(),
                    session.ear(),
                    rooms.get(i % rooms.size()).game(),
                    this::isOver);
            sitters.add(sitter);
            threads.execute(sitter);
        }
        return sitters;
    }

    /** The pulses whose gateway is this one. */
    public List<Long> pulsesAt(String gateway) {
        return pulses.entrySet().stream()
                .filter(pulse -> pulse.getValue().equals(gateway))
                .map(Map.Entry::getKey)
                .toList();
    }

    public int pulses() {
        return pulses.size();
    }

    private Session session(Manners manners, Way way) {
        long player = firstPlayer + players++;
        var headers = new Metadata();
        var token = signer.sign(player, "drill-" + players, region, "player", TOKEN_LIFE);
        headers.put(AUTHORIZATION, "Bearer " + token);
        var ticket = MetadataUtils.newAttachHeadersInterceptor(headers);
        var ear = new Ear(EventServiceGrpc.newStub(way.channel()).withInterceptors(ticket));
        ears.add(ear);
        var play = PlayServiceGrpc.newBlockingStub(way.channel()).withInterceptors(ticket);
        return new Session(player, new PlayerCalls(player, play, manners, tempo, history, availability), ear);
    }

    private boolean isOver() {
        return over || history.isFull();
    }

    /** Nobody begins a further call; returns when the last one is over. Nobody leaves a room for that. */
    public void stop() throws InterruptedException {
        over = true;
        threads.shutdown();
        if (!threads.awaitTermination(FINISH_MAX.toSeconds(), TimeUnit.SECONDS)) threads.shutdownNow();
        threads.awaitTermination(FINISH_MAX.toSeconds(), TimeUnit.SECONDS);
    }

    /** To be read when the load has stopped; its size at any time. */
    public History history() {
        return history;
    }

    public Availability availability() {
        return availability;
    }

    /** How fast all of its players may call; at first as fast as they like. */
    public Tempo tempo() {
        return tempo;
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
        ears.forEach(Ear::close);
        ways.forEach(way -> way.channel().shutdownNow());
    }
}
