package io.gamehall.hallctl.hall;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Does several things at the same time. */
final class Together {
    private Together() {}

    /** Returns when all are done; throws the first failure, after it has interrupted the others. */
    static void run(List<Callable<Void>> tasks) throws Exception {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var completion = new ExecutorCompletionService<Void>(threads);
            tasks.forEach(completion::submit);
            for (int i = 0; i < tasks.size(); i++) {
                completion.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }
}
