package io.wattledger.cli.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something the ledger says otherwise than its sources.
 *
 * @param what the kind of thing: a row, a run, a day, an hour of a host
 * @param which the one
 * @param gaps its figures that differ, the most telling first
 * @param cause what most likely has happened
 */
record Difference(What what, String which, List<Gap> gaps, String cause) {
    /** What is compared. */
    enum What {
        ENERGY_ROW("energy row"),
        EMISSION_ROW("emission row"),
        RUN("run"),
        DAY("day"),
        HOUR("host and hour");

        final String text;

        What(String text) {
            this.text = text;
        }
    }

    /**
     * One figure.
     *
     * @param ledger what the ledger says; null when it has no such thing
     * @param derived what follows from the sources; null when nothing does
     */
    record Gap(
            String figure,
            @Nullable Object ledger,
            @Nullable Object derived) {
        /** By how much the ledger is too high; null where these are no numbers. */
        @Nullable
        Long excess() {
            return ledger instanceof Long a && derived instanceof Long b ? Long.valueOf(a - b) : null;
        }
    }
}
