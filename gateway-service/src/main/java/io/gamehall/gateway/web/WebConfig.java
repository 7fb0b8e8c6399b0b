package io.gamehall.gateway.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of gRPC-Web. Which other origins' scripts may call: {@code quarkus.http.cors.origins}. */
@ConfigMapping(prefix = "gamehall.web")
public interface WebConfig {
    /** Bytes of the longest message taken: those of native gRPC. */
    @WithDefault("${quarkus.grpc.server.max-inbound-message-size:65536}")
    int messageMax();
}
