package io.gamehall.hallctl.dlq;

import io.gamehall.hallctl.command.HallOption;
import io.gamehall.hallctl.state.HallState;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose dead letters: of a running hall, or of a cell and its Kafka. */
final class BoxOption {
    private static final int LIMIT_MAX = 10_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Option(
            names = "--cell",
            paramLabel = "CELL",
            defaultValue = "${env:GAMEHALL_CELL_NAME}",
            description = "Default: GAMEHALL_CELL_NAME, else the running hall's first cell.")
    private String cell;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
            description = "Kafka (default: KAFKA_BOOTSTRAP_SERVERS, else the running hall's).")
    private String kafka;

    DeadLetterBox open() {
        if (kafka != null && cell != null) return new DeadLetterBox(kafka, cell);
        var state = HallState.read(hall.directory())
                .filter(HallState::supervisorLives)
                .orElseThrow(() -> usage("No hall runs in " + hall.directory().root()
                        + "; name a cell and its Kafka with --cell and --kafka."));
        return new DeadLetterBox(
                kafka == null ? "127.0.0.1:" + state.servers().kafkaPort() : kafka,
                cell == null ? state.cells().getFirst().name() : cell);
    }

    LetterId id(String text) {
        try {
            return LetterId.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw usage(wrong.getMessage());
        }
    }

    void checkLimit(int limit) {
        if (limit < 1 || limit > LIMIT_MAX) throw usage("--limit takes 1 to " + LIMIT_MAX + ".");
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
