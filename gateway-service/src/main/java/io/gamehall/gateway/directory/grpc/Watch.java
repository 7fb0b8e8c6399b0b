package io.gamehall.gateway.directory.grpc;

import com.google.protobuf.Message;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.outbound.grpc.PacedStream;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.room.domain.PlayerId;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;

/**
 * A stream of updates to one client of a session. Any thread.
 *
 * @param <M> what an update is on the wire
 */
final class Watch<M extends Message> implements UpdateReader.Carrier {
    private final Kind kind;
    private final Ticket ticket;
    private final Watches watches;
    private final UpdateReader<M> reader;
    private final PacedStream<M> stream;

    /** What is watched. */
    enum Kind {
        ROOMS("rooms"),
        TABLES("tables");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        /** In metrics. */
        String tag() {
            return tag;
        }
    }

    /** To be made on the event loop of the call, before its method returns. */
    Watch(Kind kind, Ticket ticket, ServerCallStreamObserver<M> call, DirectoryConfig config, Watches watches) {
        this.kind = kind;
        this.ticket = ticket;
        this.watches = watches;
        this.reader = new UpdateReader<>(config, this);
        this.stream =
                new PacedStream<>(call, () -> reader.next().map(EncodedUpdate::asMessage), () -> watches.gone(this));
    }

    Kind kind() {
        return kind;
    }

    Ticket ticket() {
        return ticket;
    }

    PlayerId player() {
        return new PlayerId(ticket.player());
    }

    UpdateReader<M> reader() {
        return reader;
    }

    @Override
    public boolean isOpen() {
        return stream.isOpen();
    }

    @Override
    public void wake() {
        stream.wake();
    }

    @Override
    public void cutOff() {
        watches.cutOff(this);
    }

    /** Ends it after what waits, without a reason. */
    void end() {
        stream.end(Optional.empty());
    }

    /** Ends it after what waits, with a reason. */
    void fail(Refusal refusal) {
        fail(GrpcRefusals.of(refusal));
    }

    void fail(StatusRuntimeException refusal) {
        stream.fail(refusal);
    }
}
