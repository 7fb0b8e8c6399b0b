package io.gamehall.activity.join.waiting.redis;

import io.gamehall.activity.join.waiting.PlaceKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Beside the lines themselves, so it is lost with them: nobody is let in by a place in a line that is gone. */
@Singleton
class RedisPlaceKeys implements PlaceKeys {
    private static final int KEY_BYTES = 32;

    private final HeldConnections connections;
    private final String name;

    RedisPlaceKeys(HeldConnections connections, Cell cell) {
        this.connections = connections;
        this.name = cell.name() + ":place-key";
    }

    @Override
    public Uni<byte[]> key() {
        var fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        var made = Request.cmd(Command.SET)
                .arg(name)
                .arg(HexFormat.of().formatHex(fresh))
                .arg("NX");
        return UniHelper.toUni(connections
                        .send(made)
                        .compose(done ->
                                connections.send(Request.cmd(Command.GET).arg(name))))
                .map(key -> HexFormat.of().parseHex(key.toString()));
    }
}
