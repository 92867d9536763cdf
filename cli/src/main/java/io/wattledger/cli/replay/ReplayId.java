package io.wattledger.cli.replay;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.replay.StepSeries;
import io.wattledger.cli.ledger.Ulid;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a replay is known by: a SHA-256 of everything its figures depend on, values as they were read. Compression, the
 * order of rows and of columns, and rows that were left out do not matter.
 */
record ReplayId(String full) {
    /** Another way to make samples from the same values would have to be another replay. */
    private static final String FORM = "wattledger replay 1";

    private static final int SHORT_LENGTH = 20;
    private static final int ULID_RANDOM_BYTES = 10;

    static ReplayId of(RecordedPower power, @Nullable IntensityFile intensities, Replay.Terms terms, SlotLength slots) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
                out.writeUTF(FORM);
                out.writeUTF(terms.zone());
                out.writeInt(terms.pue().thousandths());
                out.writeUTF(terms.project());
                out.writeUTF(Objects.requireNonNullElse(terms.run(), ""));
                out.writeLong(slots.millis());
                out.writeUTF(power.method());
                for (var device : power.devices()) {
                    out.writeUTF(device.name());
                    out.writeInt(device.component());
                    write(device.nanowatts(), out);
                }
                if (intensities != null) {
                    out.writeUTF(intensities.source());
                    write(intensities.microgramsPerKwh(), out);
                }
            }
            return new ReplayId(HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void write(StepSeries series, DataOutputStream out) throws IOException {
        out.writeInt(series.size());
        for (int i = 0; i < series.size(); i++) {
            out.writeLong(series.stamp(i));
            out.writeLong(series.value(i));
        }
    }

    String text() {
        return full.substring(0, SHORT_LENGTH);
    }

    /** A run identifier of the time of the recording. */
    String run(long startMillis) {
        var bytes = HexFormat.of().parseHex(full);
        return Ulid.of(startMillis, Arrays.copyOf(bytes, ULID_RANDOM_BYTES));
    }
}
