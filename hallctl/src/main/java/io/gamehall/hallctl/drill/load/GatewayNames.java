package io.gamehall.hallctl.drill.load;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Names several gateways in one gRPC target, in the order in which a client tries them: the first that answers is its
 * gateway until the connection breaks. So clients find the other gateway when theirs is gone.
 */
final class GatewayNames extends NameResolverProvider {
    private static final String SCHEME = "gateways";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new GatewayNames());
    }

    private GatewayNames() {}

    /** @param first index of the gateway that is tried first */
    static String target(List<String> gateways, int first) {
        var order = new ArrayList<>(gateways);
        Collections.rotate(order, -first);
        return SCHEME + ":///" + String.join(",", order);
    }

    static List<EquivalentAddressGroup> addresses(URI target) {
        return Arrays.stream(target.getPath().substring(1).split(","))
                .map(address -> URI.create("tcp://" + address))
                .map(address -> new EquivalentAddressGroup(new InetSocketAddress(address.getHost(), address.getPort())))
                .toList();
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!SCHEME.equals(target.getScheme())) return null;
        return new NameResolver() {
            @Override
            public String getServiceAuthority() {
                return target.getPath().substring(1).split(",")[0];
            }

            @Override
            public void start(Listener2 listener) {
                listener.onResult(ResolutionResult.newBuilder()
                        .setAddressesOrError(StatusOr.fromValue(addresses(target)))
                        .setAttributes(Attributes.EMPTY)
                        .build());
            }

            @Override
            public void shutdown() {}
        };
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** Below that of DNS, which stays the default. */
    @Override
    protected int priority() {
        return 1;
    }
}
