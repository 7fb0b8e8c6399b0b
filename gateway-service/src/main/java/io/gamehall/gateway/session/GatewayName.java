package io.gamehall.gateway.session;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The name of this run of this process among the cell's gateways: drawn at its start, never used again. */
@Singleton
public class GatewayName {
    private final String value;

    GatewayName() {
        var bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        value = HexFormat.of().formatHex(bytes);
    }

    public String value() {
        return value;
    }
}
