package io.gamehall.gateway.login;

import io.gamehall.gateway.testing.Client;
import io.gamehall.v1.GuestRequest;
import io.gamehall.v1.LoginReply;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginServiceGrpc;
import io.gamehall.v1.OidcRequest;
import io.gamehall.v1.RegisterRequest;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody at an address that nobody else has: tests go through a proxy that the gateway trusts. */
record Visitor(Client client, String address) {
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    static Visitor of(Client client) {
        int number = ADDRESSES.incrementAndGet();
        return new Visitor(client, "198.18." + number / 256 + '.' + number % 256);
    }

    LoginServiceGrpc.LoginServiceBlockingStub login() {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER), address);
        return client.login().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    LoginReply register(String name) {
        return login().register(RegisterRequest.newBuilder()
                .setName(name)
                .setPassword(Client.PASSWORD)
                .build());
    }

    LoginReply logIn(String name, String password) {
        return login().login(LoginRequest.newBuilder()
                .setName(name)
                .setPassword(password)
                .build());
    }

    LoginReply asGuest() {
        return login().loginAsGuest(GuestRequest.getDefaultInstance());
    }

    LoginReply withOidc(String idToken) {
        return login().loginWithOidc(
                        OidcRequest.newBuilder().setIdToken(idToken).build());
    }
}
