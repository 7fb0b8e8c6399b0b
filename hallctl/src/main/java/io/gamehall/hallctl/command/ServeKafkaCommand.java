package io.gamehall.hallctl.command;

import io.gamehall.hallctl.servers.KafkaBroker;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve-kafka}: the broker in this JVM; started by {@code up} as a process of its own. */
@Command(name = "serve-kafka", hidden = true, description = "Run a Kafka of one node in this JVM.")
public final class ServeKafkaCommand implements Callable<Integer> {
    /** Tells {@code main} to leave Kafka's own log lines in. */
    public static final String NAME = "serve-kafka";

    @Option(names = "--folder", required = true)
    private Path folder;

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--controller-port", required = true)
    private int controllerPort;

    @Override
    public Integer call() throws Exception {
        new KafkaBroker(folder, port, controllerPort).run();
        return 0;
    }
}
