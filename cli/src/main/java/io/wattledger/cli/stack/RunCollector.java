package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Waiting;
import io.wattledger.collector.control.CollectorClient;
import java.io.IOException;
import java.time.Duration;

/** The collector of a data directory. */
enum RunCollector {
    /** There was none. */
    ABSENT,
    /** It has runs to measure and was left alone. */
    BUSY,
    /** It samples without a run, so no run started it; it was left alone. */
    RESIDENT,
    STOPPED;

    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Stops the collector that runs started, unless one of them needs it. */
    static RunCollector stop(DataDirectory directory, Waiting waiting) {
        var connected = CollectorClient.connect(directory.collector());
        if (connected.isEmpty()) {
            return ABSENT;
        }
        long pid;
        try (var client = connected.get()) {
            var status = client.status(ANSWER);
            if (status.runs() > 0) {
                return BUSY;
            }
            if (!status.session().isEmpty()) {
                return RESIDENT;
            }
            pid = status.pid();
        } catch (IOException e) {
            // It ended while we asked.
            return ABSENT;
        }
        ProcessHandle.of(pid).ifPresent(process -> Ending.of(process, waiting));
        return STOPPED;
    }
}
