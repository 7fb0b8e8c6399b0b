package io.gamehall.gateway.session.grpc;

import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.platform.Tickets;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets a gRPC call through only with a genuine session token, whose ticket the service finds by {@link #current()}. */
@ApplicationScoped
public class GrpcTickets implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<Ticket> TICKET = Context.key("gamehall-ticket");

    private final Tickets tickets;

    public GrpcTickets(Tickets tickets) {
        this.tickets = tickets;
    }

    /**
     * The caller of this gRPC method. To be asked on the thread that the method was called on.
     *
     * @throws IllegalStateException outside a call behind this interceptor
     */
    public static Ticket current() {
        var ticket = TICKET.get();
        if (ticket == null) throw new IllegalStateException("No ticket: the service lacks @RegisterInterceptor");
        return ticket;
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        try {
            var ticket = tickets.verify(headers.get(AUTHORIZATION));
            return Contexts.interceptCall(Context.current().withValue(TICKET, ticket), call, headers, next);
        } catch (Refusal refusal) {
            return GrpcRefusals.refuse(call, refusal);
        }
    }
}
