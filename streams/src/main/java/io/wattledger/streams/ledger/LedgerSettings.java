package io.wattledger.streams.ledger;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.streams.footprint.FootprintSettings;
import java.time.Duration;
import java.time.Instant;

/**
 * Settings of the accounting step.
 *
 * @param slots the accounting interval, fixed at installation
 * @param series the intensity series that the ledger uses
 * @param seriesMethod how that series is made: annual values by the same method go first
 * @param emitInterval how often rows go out that have changed while their slot was open
 * @param totalsInterval how often totals are told of changed rows; zero: with every commit
 * @param closingInterval how often slots are looked at whose time to close has come, and runs that have fallen silent
 * @param runTimeout a run that nothing is heard of for this long is lost
 * @param horizon how long samples and intensities may still change a row
 * @param limits what is taken for possible
 * @param footprint which further columns rows have
 */
public record LedgerSettings(
        SlotLength slots,
        String series,
        String seriesMethod,
        Duration emitInterval,
        Duration totalsInterval,
        Duration closingInterval,
        Duration runTimeout,
        Duration horizon,
        Limits limits,
        FootprintSettings footprint) {

    public static final LedgerSettings DEFAULTS = new LedgerSettings(
            SlotLength.DEFAULT,
            "average-lifecycle",
            "lifecycle",
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofDays(90),
            Limits.DEFAULTS,
            FootprintSettings.OFF);

    /** The same, but for how often totals are told of changed rows, and how often rows of open slots go out. */
    public LedgerSettings withIntervals(Duration ofTotals, Duration ofRows) {
        return new LedgerSettings(
                slots, series, seriesMethod, ofRows, ofTotals, closingInterval, runTimeout, horizon, limits, footprint);
    }

    /** Whether the intensities of a series count for the ledger, or for a replay. */
    public boolean uses(String ofSeries) {
        return ofSeries.equals(series) || Replay.is(ofSeries);
    }

    /** Whether there is no interval between two commits in which changed rows wait. */
    boolean tellsTotalsWithCommits() {
        return totalsInterval.isZero();
    }

    /** A slot closes two slots after its end: by then its samples have come, but for outages. */
    boolean isClosed(SlotRows slot, Instant now) {
        return slot.startMillis() + 3 * slot.lengthMillis() <= now.toEpochMilli();
    }

    /** Slots that start before this are sealed, but those of replays. */
    Instant sealedBefore(Instant now) {
        return now.minus(horizon);
    }
}
