package io.wattledger.cli.correct;

import io.wattledger.cli.ledger.LedgerProgress;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.LedgerKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Waits until the ledger has restated the rows that a correction touches. */
final class Restatement {
    private final LedgerProgress progress;
    private final HostRows rows;
    private final Duration settling;
    private final Duration patience;

    /** @param settling how long it takes at most from when something is read until what follows from it is written */
    Restatement(LedgerProgress progress, HostRows rows, Duration settling, Duration patience) {
        this.progress = progress;
        this.rows = rows;
        this.settling = settling;
        this.patience = patience;
    }

    /**
     * The rows as they stand when all are restated; null when that has not come about in time.
     *
     * @param end the partition of the correction, and where it ends after it
     */
    @Nullable
    Map<LedgerKey, EmissionRow> await(HostCorrection correction, Map<TopicPartition, Long> end, Waiting waiting) {
        waiting.goesOn();
        if (!progress.awaitRead(end, patience)) {
            return null;
        }
        do {
            // A contract may leave every figure as it is, so rows that comply are not a sign yet; the time is.
            pause(settling);
            waiting.goesOn();
            if (rows.readOn().comply(correction)) {
                return rows.rows();
            }
        } while (waiting.elapsed().compareTo(patience) < 0);
        return null;
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while waiting for the ledger; the correction is published", e);
        }
    }
}
