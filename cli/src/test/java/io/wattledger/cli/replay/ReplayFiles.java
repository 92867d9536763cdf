package io.wattledger.cli.replay;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.Pue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Small input files, and what is read from them. */
final class ReplayFiles {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    /** On the border of an hour. */
    static final long BASE = Instant.parse("2025-03-30T00:00:00Z").toEpochMilli();

    static final SlotLength QUARTER = SlotLength.DEFAULT;

    private ReplayFiles() {}

    static Path write(Path folder, String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path gzip(Path file) {
        var packed = file.resolveSibling(file.getFileName() + ".gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readString(file).getBytes(StandardCharsets.UTF_8));
            return packed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RecordedPower power(Path file) {
        return power(file, Rows.OnError.fail, "UTC");
    }

    static RecordedPower power(Path file, Rows.OnError onError, String timeZone) {
        return new PowerFile(onError, ZoneId.of(timeZone), NOW).read(file);
    }

    static Replay replay(RecordedPower power, @Nullable IntensityFile intensities, SlotLength slots) {
        return new Replay(power, intensities, new Replay.Terms("FR", Pue.ONE, "default", null), slots);
    }
}
