package io.wattledger.cli.replay;

import io.wattledger.cli.terminal.Failure;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;

/** A file with recorded power, in any of the formats we know; the header tells which. */
final class PowerFile {
    private final Rows.OnError onError;
    private final ZoneId timeZone;
    private final Plausible plausible;

    /** @param timeZone of stamps that do not say theirs */
    PowerFile(Rows.OnError onError, ZoneId timeZone, Instant now) {
        this.onError = onError;
        this.timeZone = timeZone;
        this.plausible = new Plausible(now);
    }

    /**
     * Reads all of it.
     *
     * @throws Failure when it cannot be read, is in no format we know, or has rows that cannot be used and are not to be
     *     skipped
     */
    RecordedPower read(Path path) {
        try (var lines = CsvLines.open(path)) {
            var first = lines.next();
            if (first == null) {
                throw new Failure("Nothing was imported: " + path + " is empty");
            }
            var header = new Columns(first.fields());
            var rows = new Rows(path, onError);
            if (header.has(PowerCsv.STAMP) && header.has(PowerCsv.WATTS)) {
                return new PowerCsv(header, plausible).read(lines, rows);
            }
            if (NvidiaSmiLog.hasHeader(header) || NvidiaSmiLog.isRow(first.fields())) {
                return NvidiaSmiLog.read(first, lines, rows, new LocalTimes(timeZone), plausible);
            }
            if (CodeCarbonCsv.isHeader(header)) {
                return new CodeCarbonCsv(header, new LocalTimes(timeZone), plausible).read(lines, rows);
            }
            throw new Failure("Nothing was imported: line " + first.number() + " of " + path + " is "
                    + Plausible.quoted(String.join(",", first.fields()))
                    + ", which is no header we know. It should name the columns epoch_ms,watts[,device], or be that of"
                    + " CodeCarbon's emissions.csv or of nvidia-smi --query-gpu=timestamp,power.draw --format=csv");
        }
    }
}
