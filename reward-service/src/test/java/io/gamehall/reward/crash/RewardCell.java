package io.gamehall.reward.crash;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.OwnProcess;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A cell of one test's own, with instances of the packaged service as processes that it may kill. */
final class RewardCell implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final HallServers.Servers cell = HallServers.freshCell();
    private final String kafka = cell.config().get("kafka.bootstrap.servers");
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all"), new ByteArraySerializer(), new ByteArraySerializer());
    private final Pool pool;
    private final List<Instance> instances = new ArrayList<>();

    RewardCell() {
        var config = cell.config();
        pool = MySQLBuilder.pool()
                .connectingTo(MySQLConnectOptions.fromUri(config.get("quarkus.datasource.reactive.url"))
                        .setUser(config.get("quarkus.datasource.username"))
                        .setPassword(config.get("quarkus.datasource.password")))
                .build();
    }

    /** A process of the service. */
    record Instance(OwnProcess process, URI metrics) {
        /** The sum of a metric's values over all lines that hold every one of these texts. */
        long metric(String name, String... texts) {
            try {
                return HTTP.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
                        .body()
                        .filter(line ->
                                line.startsWith(name) && List.of(texts).stream().allMatch(line::contains))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** A new instance that is ready. */
    Instance instance() throws IOException {
        var port = OwnProcess.freePort();
        var uri = URI.create("http://127.0.0.1:" + port);
        var log = Files.createDirectories(TARGET.resolve("crash-" + cell.cell()))
                .resolve("reward-" + instances.size() + ".log");
        var process = new OwnProcess(command(port), log, () -> ready(uri));
        var instance = new Instance(process, uri.resolve("/q/metrics"));
        instances.add(instance);
        process.start();
        return instance;
    }

    void send(String topic, long player, byte[] value) {
        producer.send(new ProducerRecord<>(
                Topics.name(cell.cell(), topic), Long.toString(player).getBytes(), value));
    }

    /** Forgets how far the services have come, so that they begin at the topics' beginnings. None may run. */
    void forgetOffsets() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            for (var group : List.of(cell.cell() + ".rewards-joins", cell.cell() + ".rewards-results")) {
                // Killed members stand in the group until their sessions end.
                Awaitility.await(group + " is empty")
                        .atMost(PATIENCE)
                        .ignoreException(GroupNotEmptyException.class)
                        .until(() -> {
                            forget(admin, group);
                            return true;
                        });
            }
        }
    }

    private static void forget(Admin admin, String group) throws Exception {
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) throw cause;
            throw failure;
        }
    }

    List<Row> rows(String sql) {
        var rows = pool.query(sql)
                .execute()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    long count(String table) {
        return rows("SELECT COUNT(*) FROM " + table).getFirst().getLong(0);
    }

    /** Every row of every table that is not empty, in the order of the primary keys. */
    Map<String, List<String>> dump() {
        var dump = new TreeMap<String, List<String>>();
        for (var table : rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")) {
            var name = table.getString(0);
            var keys = rows(
                            "SELECT column_name FROM information_schema.key_column_usage WHERE table_schema = DATABASE()"
                                    + " AND constraint_name = 'PRIMARY' AND table_name = '" + name
                                    + "' ORDER BY ordinal_position")
                    .stream()
                    .map(row -> row.getString(0))
                    .toList();
            var order = keys.isEmpty() ? "" : " ORDER BY " + String.join(", ", keys);
            var rows = rows("SELECT * FROM " + name + order).stream()
                    .map(row -> row.deepToString())
                    .toList();
            if (!rows.isEmpty()) dump.put(name, rows);
        }
        return dump;
    }

    @Override
    public void close() {
        instances.forEach(instance -> instance.process().close());
        producer.close();
        pool.close().toCompletionStage().toCompletableFuture().join();
    }

    private static boolean ready(URI uri) {
        try {
            var request = HttpRequest.newBuilder(uri.resolve("/q/health/ready")).timeout(Duration.ofSeconds(5));
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private List<String> command(int port) throws IOException {
        var settings = new LinkedHashMap<>(cell.config());
        settings.put("quarkus.http.port", Integer.toString(port));
        return OwnProcess.service(settings);
    }
}
