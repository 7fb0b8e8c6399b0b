package io.gamehall.hallctl.servers;

import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.process.Probe;
import io.gamehall.hallctl.state.Credentials;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** How to ask each kind of server whether it works; the kind is the scheme of its address. */
public final class Probes {
    /** Database user of the hall; its password is in {@link Credentials}. */
    public static final String DB_USER = "gamehall";

    private static final int TIMEOUT_MS = 2_000;

    private Probes() {}

    /** The probe of {@code kafka://}, {@code redis://}, {@code mysql://} or {@code http://}. */
    public static Probe of(URI address, Credentials credentials) {
        return switch (address.getScheme()) {
            case "kafka" -> () -> connects(address.getPort()) && kafkaAnswers(address.getPort());
            case "redis" -> () -> redisAnswers(address.getPort());
            case "mysql" -> () -> connects(address.getPort()) && databaseAnswers(address.getPort(), credentials);
            case "http" -> () -> httpSaysOk(address);
            default -> throw new IllegalArgumentException("No probe for " + address);
        };
    }

    private static boolean connects(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean kafkaAnswers(int port) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", "127.0.0.1:" + port,
                "request.timeout.ms", TIMEOUT_MS,
                "default.api.timeout.ms", TIMEOUT_MS);
        try (var admin = Admin.create(settings)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A Redis that still reads its file answers {@code -LOADING}. */
    private static boolean redisAnswers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            return answer.equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean databaseAnswers(int port, Credentials credentials) {
        var schema = new Schema("127.0.0.1", port, DB_USER, credentials.databasePassword());
        try (var connection = schema.connect("")) {
            return connection.isValid(TIMEOUT_MS / 1000);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static boolean httpSaysOk(URI address) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
