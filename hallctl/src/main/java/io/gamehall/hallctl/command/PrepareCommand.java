package io.gamehall.hallctl.command;

import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.prepare.Topology;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code prepare}: a cell's topics and tables, on the servers of a running hall or on those that the options name (a
 * Kubernetes job runs it so, before the services of a new version start).
 */
@Command(name = "prepare", description = "Make or migrate the topics and tables of a cell; safe to repeat.")
public final class PrepareCommand implements Callable<Integer> {
    @Mixin
    private ServersOption servers;

    @Option(
            names = {"--cell", "--cells"},
            split = ",",
            required = true,
            paramLabel = "CELL",
            defaultValue = "${env:GAMEHALL_CELL_NAME}",
            description = "The cells' names (default: GAMEHALL_CELL_NAME).")
    private List<String> cells;

    @Override
    public Integer call() throws Exception {
        var topology = new Topology(servers.kafka());
        var schema = servers.schema();
        for (var cell : cells) {
            topology.prepare(cell);
            int migrations = schema.prepare(cell);
            System.out.println("Cell " + cell + ": topics are as they must be, " + migrations
                    + " migrations applied to " + Schema.database(cell) + ".");
        }
        return 0;
    }
}
