package io.gamehall.hallctl.rooms;

import io.gamehall.hallctl.load.Refused;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState;
import io.gamehall.v1.RoomAdminGrpc;
import io.gamehall.v1.RoomAdminGrpc.RoomAdminBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An operator's calls to a cell's room-services: any of them is asked first, and names the one that decides. */
final class RoomOwners {
    private static final Metadata.Key<String> CREDENTIAL =
            Metadata.Key.of("gamehall-credential", Metadata.ASCII_STRING_MARSHALLER);

    private static final int TRIES_MAX = 5;
    private static final int SECONDS_MAX = 5;
    private static final int PAUSE_MS = 300;

    private final String first;
    private final String credential;

    private RoomOwners(String first, String credential) {
        this.first = first;
        this.credential = credential;
    }

    /**
     * @param cell name of the cell; empty: the first one
     * @throws IllegalArgumentException if no such cell runs there
     */
    static RoomOwners in(HallDirectory directory, String cell) {
        var state = HallState.read(directory)
                .filter(HallState::supervisorLives)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No hall runs in " + directory.root() + ". Start one with ./hall up, or use --address."));
        var chosen = state.cells().stream()
                .filter(it -> cell.isEmpty() || it.name().equals(cell))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no cell '" + cell + "'"));
        var port = chosen.services().get("room").getFirst();
        return new RoomOwners("127.0.0.1:" + port, new Credentials(directory.keys()).serviceCredential());
    }

    /** @param address {@code host:port} of any room-service of the cell */
    static RoomOwners at(String address, String credential) {
        return new RoomOwners(address, credential);
    }

    /**
     * Calls the process that decides.
     *
     * @throws IllegalStateException with the refusal in words
     */
    <T> T call(Function<RoomAdminBlockingStub, T> call) throws InterruptedException {
        var address = first;
        for (int tries = 1; ; tries++) {
            try {
                return callAt(address, call);
            } catch (StatusRuntimeException failure) {
                var refused = Refused.of(failure.getStatus(), failure.getTrailers());
                if (!refused.isPassing() || tries == TRIES_MAX) throw new IllegalStateException(text(refused));
                address = refused.particulars().getOrDefault("owner", address);
                if (!refused.particulars().containsKey("owner")) Thread.sleep(PAUSE_MS);
            }
        }
    }

    private <T> T callAt(String address, Function<RoomAdminBlockingStub, T> call) throws InterruptedException {
        var headers = new Metadata();
        headers.put(CREDENTIAL, credential);
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            return call.apply(RoomAdminGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS));
        } finally {
            channel.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
        }
    }

    private static String text(Refused refused) {
        return refused.reason() + ": " + refused.detail()
                + (refused.particulars().isEmpty() ? "" : " " + refused.particulars());
    }
}
