package io.wattledger.sinks.prometheus;

import io.wattledger.sinks.task.LedgerRecord;
import java.time.Instant;
import java.util.List;

/**
 * Whether a task has read what was in its topics before it began: older figures of a run that come first are not to be
 * shown.
 */
final class CatchUp {
    private Instant begin = Instant.MAX;
    private boolean over;

    void begin(Instant now) {
        begin = now;
        over = false;
    }

    /** It is over when no more records come, or one that was written since. */
    boolean isOver(List<LedgerRecord> records) {
        over |= records.isEmpty() || records.stream().anyMatch(this::isRecent);
        return over;
    }

    private boolean isRecent(LedgerRecord record) {
        var written = record.source().timestamp();
        return written != null && written >= begin.toEpochMilli();
    }
}
