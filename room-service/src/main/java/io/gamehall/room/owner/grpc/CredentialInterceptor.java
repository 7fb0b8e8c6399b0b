package io.gamehall.room.owner.grpc;

import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.owner.RoomsConfig;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Lets only the services of the cell in: a player who reaches this port directly gets UNAUTHENTICATED. */
@ApplicationScoped
public class CredentialInterceptor implements ServerInterceptor {
    private static final Metadata.Key<String> CREDENTIAL =
            Metadata.Key.of("gamehall-credential", Metadata.ASCII_STRING_MARSHALLER);

    private final byte[] expected;

    public CredentialInterceptor(RoomsConfig config) {
        this.expected = config.credential().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        var given = headers.get(CREDENTIAL);
        if (given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
            return next.startCall(call, headers);
        }
        return GrpcRefusals.refuse(call, new Refusal(Reason.CREDENTIAL_INVALID, "Players call the gateway"));
    }
}
