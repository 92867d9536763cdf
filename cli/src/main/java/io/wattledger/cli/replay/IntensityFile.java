package io.wattledger.cli.replay;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.replay.StepSeries;
import io.wattledger.cli.terminal.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file with recorded carbon intensities: {@code epoch_ms,gco2_per_kwh}, in any order.
 *
 * @param microgramsPerKwh the values
 * @param skipped rows that could not be used
 * @param problems the first of these with their reasons; null when there are none
 */
record IntensityFile(
        Path path,
        StepSeries microgramsPerKwh,
        long skipped,
        @Nullable String problems) {
    private static final String STAMP = "epoch_ms";
    private static final String GRAMS = "gco2_per_kwh";
    private static final SlotLength SHORTEST_SLOT =
            new SlotLength(Duration.ofMinutes(5).toMillis());

    /** @throws Failure when it cannot be read, or has rows that cannot be used and are not to be skipped */
    static IntensityFile read(Path path, Rows.OnError onError) {
        try (var lines = CsvLines.open(path)) {
            var columns = header(lines);
            var rows = new Rows(path, onError);
            var series = new StepSeries.Builder();
            rows.readAll(lines, fields -> {
                columns.check(fields);
                long stamp = Plausible.stamp(columns.field(fields, STAMP));
                series.add(stamp, Plausible.microgramsPerKwh(columns.field(fields, GRAMS)));
            });
            var problems = rows.bad() == 0 ? null : rows.problems();
            return new IntensityFile(path, series.build(), rows.bad(), problems);
        }
    }

    private static Columns header(CsvLines lines) {
        var first = lines.next();
        if (first == null) {
            throw new Failure("Nothing was imported: " + lines.path() + " is empty");
        }
        var columns = new Columns(first.fields());
        if (!columns.has(STAMP) || !columns.has(GRAMS)) {
            throw new Failure("Nothing was imported: line " + first.number() + " of " + lines.path() + " is "
                    + Plausible.quoted(String.join(",", first.fields())) + "; it should be the header " + STAMP + ","
                    + GRAMS);
        }
        return columns;
    }

    /** What the ledger names as the source of these values. */
    String source() {
        return String.valueOf(path.getFileName());
    }

    /**
     * The slot in which the ledger accounts these values exactly: the longest inside which none changes, or the one wished
     * for where that does as well.
     *
     * @throws Failure when a value changes inside a slot
     */
    SlotLength slot(@Nullable SlotLength wished) {
        var longest = microgramsPerKwh.longestSlot();
        if (wished == null && longest != null) {
            return longest;
        }
        int misfit = microgramsPerKwh.firstOffBorder(wished == null ? SHORTEST_SLOT : wished);
        if (wished != null && misfit < 0) {
            return wished;
        }
        long stamp = microgramsPerKwh.stamp(misfit);
        throw new Failure("Nothing was imported: the intensities of " + path + " fit no slot of "
                + (wished == null
                        ? "5, 15, 30 or 60"
                        : Duration.ofMillis(wished.millis()).toMinutes())
                + " minutes, as line " + line(stamp) + " changes the value at " + Instant.ofEpochMilli(stamp)
                + " (epoch_ms " + stamp + "); "
                + (longest == null
                        ? "give values that change on full 5 minutes only"
                        : "leave --slot out, or choose a shorter one"));
    }

    private long line(long stamp) {
        try (var lines = CsvLines.open(path)) {
            var columns = header(lines);
            var text = Long.toString(stamp);
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (columns.field(line.fields(), STAMP).equals(text)) {
                    return line.number();
                }
            }
            return 0;
        }
    }
}
