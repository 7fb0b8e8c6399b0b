package io.gamehall.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gamehall.platform.testing.RsaKey;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts without Redis. With one: {@code LiveSessionsTest} of the services behind the gateway. */
class LiveTicketsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final RsaKey KEY = new RsaKey("key");
    private static final String REGION = "here";
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private Tickets tickets;
    private ServerSocket silent;
    private LiveTickets live;

    @BeforeEach
    void open() throws IOException {
        // Takes connections, and answers nothing: a Redis that hangs.
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var pem = folder.resolve("public.pem");
        Files.writeString(pem, KEY.pem());
        tickets = new Tickets(settings(pem.toUri().toString()), VERTX);
        var redis = Redis.createClient(VERTX, "redis://127.0.0.1:" + silent.getLocalPort());
        live = new LiveTickets(tickets, redis, new HeldConnections(redis, () -> redis, TIMEOUT), VERTX, CELL, SETTINGS);
    }

    @AfterEach
    void close() throws IOException {
        live.close();
        tickets.stop();
        silent.close();
    }

    @AfterAll
    static void closeAll() {
        VERTX.close();
    }

    @Test
    void while_redis_hangs_a_genuine_token_counts() {
        assertThat(player(token(7, 10, REGION))).isEqualTo(7);
        assertThat(player(token(8, 10, REGION))).isEqualTo(8);
    }

    @Test
    void what_was_heard_counts_without_redis() {
        var token = token(7, 10, REGION);
        assertThat(player(token)).isEqualTo(7);

        live.heardOf(7, 11, false);

        assertThat(reason(token)).isEqualTo(Reason.SESSION_ENDED);
        assertThat(player(token(7, 11, REGION))).isEqualTo(7);
        live.heardOf(7, 10, false);
        assertThat(reason(token)).isEqualTo(Reason.SESSION_ENDED);
    }

    @Test
    void sessions_of_other_regions_are_refused_though_their_keys_are_good() {
        assertThat(player(token(7, 10, REGION))).isEqualTo(7);
        assertThat(reason(token(7, 10, "there"))).isEqualTo(Reason.TOKEN_INVALID);
    }

    private long player(String token) {
        return live.verify("Bearer " + token).await().indefinitely().player();
    }

    private Reason reason(String token) {
        return catchThrowableOfType(Refusal.class, () -> player(token)).reason();
    }

    private static String token(long player, long generation, String region) {
        return KEY.sign(claims(player, generation, region));
    }

    private static JwtClaimsBuilder claims(long player, long generation, String region) {
        return Jwt.issuer(Tickets.ISSUER)
                .subject(Long.toString(player))
                .claim("name", "somebody")
                .claim("region", region)
                .claim("gen", generation)
                .groups(Set.of("player"))
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plusSeconds(3_600));
    }

    private static final Cell CELL = new Cell() {
        @Override
        public String name() {
            return REGION;
        }

        @Override
        public int number() {
            return 1;
        }
    };

    private static final LiveTickets.Settings SETTINGS = new LiveTickets.Settings() {
        @Override
        public Duration fresh() {
            return Duration.ofSeconds(15);
        }

        @Override
        public Duration kept() {
            return Duration.ofHours(13);
        }

        @Override
        public int cachedMax() {
            return 1_000;
        }

        @Override
        public Duration timeout() {
            return TIMEOUT;
        }
    };

    private static Tickets.Settings settings(String location) {
        return new Tickets.Settings() {
            @Override
            public int cachedMax() {
                return 100;
            }

            @Override
            public Optional<String> keysLocation() {
                return Optional.of(location);
            }

            @Override
            public Duration keysRefresh() {
                return Duration.ofDays(1);
            }
        };
    }
}
