package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.load.CpuUse;
import io.gamehall.hallctl.load.SeatLoad;
import io.gamehall.hallctl.load.SeatTally;
import io.gamehall.hallctl.state.HallState;
import java.io.PrintStream;
import java.time.Duration;

/**
 * One run of quick-join and stand.
 *
 * @param rate calls per second; 0: as fast as answers come, with {@code window} calls on their way
 */
record SeatRun(HallState hall, SeatLoad load, int rate, int window, PrintStream out) {
    Figures measure(Duration lasts, String name) {
        var before = CpuUse.now(hall);
        var tally = run(lasts, name);
        tally.details().forEach((reason, detail) -> out.println("             " + reason + ": " + detail));
        var figures = figures(tally);
        figures.withCpu(CpuUse.now(hall).since(before), tally.count());
        return figures;
    }

    private SeatTally run(Duration lasts, String name) {
        try (var _ = new Ticker(out, name, load::count)) {
            return rate > 0 ? load.runPaced(lasts, rate) : load.runClosed(lasts, window);
        }
    }

    private static Figures figures(SeatTally tally) {
        return new Figures()
                .with("ops_per_s", Math.rint(tally.perSecond()))
                .with("p50_ms", tally.percentileMs(50))
                .with("p99_ms", tally.percentileMs(99))
                .with("failed_while_free", tally.withoutSeat())
                .with("errors", tally.errors())
                .with("repeated", tally.repeated());
    }
}
