package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Waiting;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process and waits until it is gone. */
final class Ending {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;

    private Ending() {}

    /** Asks the process to end, and kills it when it has not within half a minute; what it has on disk stays good. */
    static void of(ProcessHandle process, Waiting waiting) {
        var ended = process.onExit();
        var killed = false;
        process.destroy();
        while (!ended.isDone()) {
            try {
                ended.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                waiting.goesOn();
            } catch (ExecutionException e) {
                throw new Failure(
                        "Cannot wait for the end of process " + process.pid() + " (" + e.getMessage() + ")", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("Interrupted while waiting for the end of process " + process.pid(), e);
            }
            if (!killed && waiting.elapsed().compareTo(PATIENCE) > 0) {
                killed = true;
                process.destroyForcibly();
            }
        }
    }
}
