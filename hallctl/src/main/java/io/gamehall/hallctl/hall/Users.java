package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.process.PidFile;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.servers.KafkaBroker;
import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * The processes for whose sake a hall runs ({@code up --while-pid}): builds share one hall of test servers, and the last
 * one leaves it. Each user writes its pid file first and looks at the phase afterwards; we write the phase first and
 * look at the files afterwards. So either it sees that we stop, or we see that it came.
 */
final class Users {
    private static final int MISSES_MAX = 5;

    private final HallDirectory directory;
    private int misses;

    Users(HallDirectory directory) {
        this.directory = directory;
    }

    /** The first user of a hall that starts; without one, nobody's end will stop it. Call with the hall's lock held. */
    void register(Optional<ProcessId> user) throws IOException {
        if (user.isEmpty()) {
            KafkaBroker.deleteTree(directory.users());
        } else {
            PidFile.of(directory.users(), Long.toString(user.get().pid())).write(user.get());
        }
    }

    /** Whether the hall is to stop: all users have ended, or its folder was deleted. */
    boolean allGone(Ledger ledger) {
        if (!Files.isDirectory(directory.root())) {
            return true;
        }
        if (!Files.isDirectory(directory.users()) || anyAlive()) {
            misses = 0;
            return false;
        }
        misses++;
        if (misses < MISSES_MAX) {
            return false;
        }
        ledger.phase(Phase.STOPPING);
        if (anyAlive()) {
            ledger.phase(Phase.READY);
            misses = 0;
            return false;
        }
        return true;
    }

    private boolean anyAlive() {
        return PidFile.in(directory.users()).stream()
                .anyMatch(file -> file.alive().isPresent());
    }
}
