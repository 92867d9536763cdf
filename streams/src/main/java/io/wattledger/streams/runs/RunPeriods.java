package io.wattledger.streams.runs;

import io.wattledger.schemas.record.RunEvent;

/** Tells the periods of a run on one host apart: one after the other, none before the end of the one before. */
public final class RunPeriods {
    private RunPeriods() {}

    /**
     * Whether an event is of a period that began after the end that another one of the same run and host tells. Otherwise both
     * are of the same period, however late one of them comes.
     */
    public static boolean isLater(RunEvent event, RunEvent ended) {
        return ended.getFinished() != null && event.getStarted().isAfter(ended.getFinished());
    }
}
