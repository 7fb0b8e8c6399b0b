package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.prepare.Topology;
import io.gamehall.hallctl.prepare.WelcomeActivity;
import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.servers.Kafka;
import io.gamehall.hallctl.servers.Launch;
import io.gamehall.hallctl.servers.MariaDb;
import io.gamehall.hallctl.servers.Redis;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Starts Kafka, Redis and MariaDB at the same time, then makes each cell's topics and tables. */
record ServerStart(
        Launch launch,
        Credentials credentials,
        Children children,
        Ledger ledger,
        Progress progress,
        Restarts restarts) {

    void run() throws Exception {
        var ports = ledger.state().servers();
        var kafka = new Kafka(launch, credentials, ports.kafkaPort(), ports.kafkaControllerPort());
        var redis = new Redis(launch, credentials, ports.redisPort());
        var mariaDb = new MariaDb(launch, credentials, ports.dbPort());
        Together.run(List.of(
                server("Kafka", "kafka", ports.kafkaPort(), kafka::spec),
                server("Redis", "redis", ports.redisPort(), redis::spec),
                server("MariaDB", "mysql", ports.dbPort(), mariaDb::spec)));
        for (var cell : ledger.state().cells()) {
            progress.step("topics and tables of " + cell.name(), () -> prepare(cell.name()));
        }
    }

    private Callable<Void> server(String title, String scheme, int port, Callable<ChildProcess.Spec> spec) {
        var address = "127.0.0.1:" + port;
        Callable<Void> start = () -> progress.step(title, () -> {
            var child = children.start(Children.SERVER_TIER, spec.call());
            ledger.started(child, address, scheme + "://" + address);
            child.awaitReady();
            return null;
        });
        restarts.learn(title.toLowerCase(Locale.ROOT), start);
        return start;
    }

    private Void prepare(String cell) throws Exception {
        HallState.Servers ports = ledger.state().servers();
        var schema = new Schema("127.0.0.1", ports.dbPort(), ports.dbUser(), credentials.databasePassword());
        new Topology("127.0.0.1:" + ports.kafkaPort()).prepare(cell);
        schema.prepare(cell);
        new WelcomeActivity(schema).offer(cell);
        return null;
    }
}
