package io.gamehall.hallctl.drill;

import io.gamehall.hallctl.drill.fault.Flood;
import io.gamehall.hallctl.drill.fault.GatewayKill;
import io.gamehall.hallctl.drill.fault.OwnerDrain;
import io.gamehall.hallctl.drill.fault.OwnerKill;
import io.gamehall.hallctl.drill.fault.OwnerPause;
import io.gamehall.hallctl.drill.joins.JoinDrillOptions;
import io.gamehall.hallctl.drill.joins.JoinFault;
import io.gamehall.hallctl.drill.rewards.RewardDrillOptions;
import io.gamehall.hallctl.drill.rewards.RewardFault;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drill}: a fault under load, and the proof that nothing was lost. A class for each drill. */
@Command(
        name = "drill",
        description =
                "Break something in a temporary hall under load, and prove from its journal, from the ledger of joins or from the rewards, that nothing is lost.",
        synopsisSubcommandLabel = "DRILL",
        footer = "Exit code 1 when anything was lost or done twice, or the hall was away for longer than it may.",
        subcommands = {
            DrillCommand.OwnerKillCommand.class,
            DrillCommand.OwnerPauseCommand.class,
            DrillCommand.OwnerDrainCommand.class,
            DrillCommand.GatewayKillCommand.class,
            DrillCommand.FloodCommand.class,
            DrillCommand.ActivityKillCommand.class,
            DrillCommand.RedisRestartCommand.class,
            DrillCommand.KafkaRestartCommand.class,
            DrillCommand.RewardKillCommand.class,
            DrillCommand.DbRestartCommand.class,
            DrillCommand.PoisonCommand.class
        })
public final class DrillCommand {
    @Command(name = "owner-kill", description = "kill -9 one of two room-service processes.")
    static final class OwnerKillCommand implements Callable<Integer> {
        @Mixin
        private DrillOptions options;

        @Override
        public Integer call() throws Exception {
            return options.run(new OwnerKill());
        }
    }

    @Command(
            name = "owner-pause",
            description = "SIGSTOP one of two room-service processes until its partitions have moved, then SIGCONT.")
    static final class OwnerPauseCommand implements Callable<Integer> {
        private static final int SECONDS_MAX = 600;

        @Mixin
        private DrillOptions options;

        @Option(
                names = "--pause",
                paramLabel = "S",
                defaultValue = "30",
                description = "How long it stands still (default: ${DEFAULT-VALUE}).")
        private int pauseSeconds;

        @Override
        public Integer call() throws Exception {
            options.require("--pause", pauseSeconds, 1, SECONDS_MAX);
            return options.run(new OwnerPause(Duration.ofSeconds(pauseSeconds)));
        }
    }

    @Command(name = "owner-drain", description = "SIGTERM one of two room-service processes, as in a rolling update.")
    static final class OwnerDrainCommand implements Callable<Integer> {
        @Mixin
        private DrillOptions options;

        @Override
        public Integer call() throws Exception {
            return options.run(new OwnerDrain());
        }
    }

    @Command(
            name = "gateway-kill",
            description = "kill -9 one of two gateways: its clients go to the other one and keep their seats.")
    static final class GatewayKillCommand implements Callable<Integer> {
        private static final int SITTERS_MAX = 1_000;

        @Mixin
        private DrillOptions options;

        @Option(
                names = "--sitters",
                paramLabel = "N",
                defaultValue = "50",
                description = "Further players, who sit down once and then only listen (default: ${DEFAULT-VALUE}).")
        private int sitters;

        @Override
        public Integer call() throws Exception {
            options.require("--sitters", sitters, 1, SITTERS_MAX);
            return options.run(new GatewayKill(sitters));
        }
    }

    @Command(
            name = "flood",
            description = "One client sends 50 times its share, unknown ids, and what is too large or makes no sense:"
                    + " the others' p99 is to stay within twice of what it was.")
    static final class FloodCommand implements Callable<Integer> {
        private static final int SECONDS_MAX = 120;
        private static final int RATE_MAX = 100_000;

        @Mixin
        private DrillOptions options;

        @Option(
                names = "--before",
                paramLabel = "S",
                defaultValue = "15",
                description = "How long the others are measured without it (default: ${DEFAULT-VALUE}).")
        private int beforeSeconds;

        @Option(
                names = "--flood",
                paramLabel = "S",
                defaultValue = "15",
                description = "How long it floods (default: ${DEFAULT-VALUE}).")
        private int floodSeconds;

        @Option(
                names = "--rate",
                paramLabel = "N",
                defaultValue = "150",
                description = "Calls a second that the others make of the gateway (default: ${DEFAULT-VALUE}).")
        private int rate;

        @Override
        public Integer call() throws Exception {
            options.require("--before", beforeSeconds, 1, SECONDS_MAX);
            options.require("--flood", floodSeconds, 1, SECONDS_MAX);
            options.require("--rate", rate, 1, RATE_MAX);
            return options.run(new Flood(Duration.ofSeconds(beforeSeconds), Duration.ofSeconds(floodSeconds), rate));
        }
    }

    @Command(
            name = "activity-kill",
            description = "kill -9 activity-service while players join, again and again: also between Redis and Kafka.")
    static final class ActivityKillCommand implements Callable<Integer> {
        private static final int KILLS_MAX = 50;

        @Mixin
        private JoinDrillOptions options;

        @Option(names = "--kills", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
        private int kills;

        @Override
        public Integer call() throws Exception {
            options.require("--kills", kills, 1, KILLS_MAX);
            return options.run(JoinFault.ACTIVITY_KILL, new JoinFault.Plan(kills, Duration.ZERO));
        }
    }

    @Command(
            name = "redis-restart",
            description = "kill -9 Redis while players join, and start it again empty: quotas and marks are rebuilt.")
    static final class RedisRestartCommand implements Callable<Integer> {
        @Mixin
        private JoinDrillOptions options;

        @Override
        public Integer call() throws Exception {
            return options.run(JoinFault.REDIS_RESTART, new JoinFault.Plan(0, Duration.ZERO));
        }
    }

    @Command(
            name = "kafka-restart",
            description = "kill -9 the broker while players join: they are refused clearly until it is back.")
    static final class KafkaRestartCommand implements Callable<Integer> {
        private static final int SECONDS_MAX = 120;

        @Mixin
        private JoinDrillOptions options;

        @Option(
                names = "--away",
                paramLabel = "S",
                defaultValue = "5",
                description = "How long it is not started again (default: ${DEFAULT-VALUE}).")
        private int awaySeconds;

        @Override
        public Integer call() throws Exception {
            options.require("--away", awaySeconds, 0, SECONDS_MAX);
            return options.run(JoinFault.KAFKA_RESTART, new JoinFault.Plan(0, Duration.ofSeconds(awaySeconds)));
        }
    }

    @Command(
            name = "reward-kill",
            description = "kill -9 reward-service in the middle of batches, again and again, while facts come.")
    static final class RewardKillCommand implements Callable<Integer> {
        private static final int KILLS_MAX = 50;

        @Mixin
        private RewardDrillOptions options;

        @Option(names = "--kills", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
        private int kills;

        @Override
        public Integer call() throws Exception {
            options.require("--kills", kills, 1, KILLS_MAX);
            return options.run(RewardFault.REWARD_KILL, new RewardFault.Plan(kills, Duration.ZERO));
        }
    }

    @Command(
            name = "db-restart",
            description = "kill -9 MariaDB while facts come: they wait, readiness says so, and all is made up for.")
    static final class DbRestartCommand implements Callable<Integer> {
        private static final int SECONDS_MAX = 120;

        @Mixin
        private RewardDrillOptions options;

        @Option(
                names = "--away",
                paramLabel = "S",
                defaultValue = "5",
                description = "How long it is not started again once readiness has told (default: ${DEFAULT-VALUE}).")
        private int awaySeconds;

        @Override
        public Integer call() throws Exception {
            options.require("--away", awaySeconds, 0, SECONDS_MAX);
            return options.run(RewardFault.DB_RESTART, new RewardFault.Plan(1, Duration.ofSeconds(awaySeconds)));
        }
    }

    @Command(
            name = "poison",
            description = "Records that cannot be read, or make no sense, in every topic of facts: they are set aside"
                    + " with cause, origin and bytes, and nothing stops.")
    static final class PoisonCommand implements Callable<Integer> {
        private static final int PILES_MAX = 50;

        @Mixin
        private RewardDrillOptions options;

        @Option(
                names = "--piles",
                paramLabel = "N",
                defaultValue = "5",
                description = "One of each sort in each topic, so many times (default: ${DEFAULT-VALUE}).")
        private int piles;

        @Override
        public Integer call() throws Exception {
            options.require("--piles", piles, 1, PILES_MAX);
            return options.run(RewardFault.POISON, new RewardFault.Plan(piles, Duration.ofMillis(300)));
        }
    }
}
