package io.gamehall.hallctl.servers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka of one node (broker and controller) inside this JVM.
 *
 * @param folder its log folder; formatted at the first start
 * @param port of the broker, on loopback
 * @param controllerPort of the controller, on loopback; may differ from start to start
 */
public record KafkaBroker(Path folder, int port, int controllerPort) {
    private static final int NODE_ID = 1;
    private static final String CONTROLLER = "CONTROLLER";

    /** Formats if needed, starts, and returns when the node was shut down by the end of this JVM. */
    public void run() throws Exception {
        format();
        var server = new KafkaRaftServer(new KafkaConfig(settings()), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    private void format() throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        refuseIfTopicsExist();
        // What else lies here without meta.properties is a formatting that was cut off: nothing was ever written to it.
        deleteTree(folder);
        Files.createDirectories(folder);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setControllerListenerName(CONTROLLER)
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setFeatureLevel("kraft.version", (short) 0)
                .setPrintStream(new PrintStream(System.out, true))
                .run();
    }

    private void refuseIfTopicsExist() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            var topics = files.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("__cluster_metadata"))
                    .toList();
            if (!topics.isEmpty()) {
                throw new IOException(folder + " has no meta.properties, but topics: " + topics
                        + ". Restore the file, or delete the folder to lose them.");
            }
        }
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("log.dirs", folder.toString());
        // One node: every internal topic has one replica.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        // A group of one laptop is complete at once. Rooms' owners that die are noticed within 2 s, see docs/adr/0007.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        // A broker that was killed must not wait for its own old session to run out before it may register again.
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // Topics are made by `prepare` with their settings; a misspelt name must fail, not appear.
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        settings.put("controlled.shutdown.enable", "true");
        return settings;
    }

    /** Deletes a folder and all in it, if it is there. */
    public static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
