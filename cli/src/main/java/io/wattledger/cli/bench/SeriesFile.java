package io.wattledger.cli.bench;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.forecast.IntensityHistory;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.cli.terminal.Failure;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A file with a recorded series: lines {@code epoch_ms,gco2_per_kwh} under a header that says so, compressed or not. A value
 * belongs to the slot its stamp is in; of several in a slot the last one counts, and a slot without one is unknown. The
 * length of the slots is what most stamps are apart.
 */
record SeriesFile(Path path, String sha256, IntensityHistory history) {
    private static final String HEADER = "epoch_ms,gco2_per_kwh";
    private static final int GZIP_MAGIC = 0x1f8b;

    /** @throws Failure when it cannot be read, or is no such file */
    static SeriesFile read(Path path) {
        try {
            var bytes = Files.readAllBytes(path);
            var digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            try (var reader = new BufferedReader(new InputStreamReader(unpacked(bytes), StandardCharsets.UTF_8))) {
                return new SeriesFile(path, digest, history(path, values(path, reader)));
            }
        } catch (IOException e) {
            throw new Failure("Cannot read " + path + " (" + e + "); check its path", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static InputStream unpacked(byte[] bytes) throws IOException {
        var in = new ByteArrayInputStream(bytes);
        boolean packed = bytes.length > 1 && ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) == GZIP_MAGIC;
        return packed ? new GZIPInputStream(in) : in;
    }

    private static TreeMap<Long, CarbonIntensity> values(Path path, BufferedReader reader) throws IOException {
        var values = new TreeMap<Long, CarbonIntensity>();
        var header = reader.readLine();
        if (header == null || !header.strip().equals(HEADER)) {
            throw new Failure("Cannot use " + path + ": its first line is '" + header + "'; it should be " + HEADER);
        }
        int number = 1;
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            var fields = line.split(",", -1);
            try {
                values.put(
                        Long.parseLong(fields[0].strip()),
                        CarbonIntensity.ofGramsPerKwh(new BigDecimal(fields[1].strip())));
            } catch (IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
                throw new Failure(
                        "Cannot use " + path + ": line " + number + " is '" + line
                                + "'; it should be a time in ms since the epoch and an intensity in g/kWh, not below 0",
                        e);
            }
        }
        return values;
    }

    private static IntensityHistory history(Path path, TreeMap<Long, CarbonIntensity> values) {
        if (values.size() < 2) {
            throw new Failure("Cannot use " + path + ": it has " + values.size() + " values; a series has many");
        }
        var stamps = values.keySet().stream().mapToLong(Long::longValue).toArray();
        var steps = new long[stamps.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = stamps[i + 1] - stamps[i];
        }
        Arrays.sort(steps);
        var history = new IntensityHistory.Builder(slot(path, steps[steps.length / 2]));
        values.forEach(history::put);
        return history.build();
    }

    private static SlotLength slot(Path path, long step) {
        try {
            return new SlotLength(step);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "Cannot use " + path + ": most of its stamps are " + Duration.ofMillis(step)
                            + " apart; a slot is 5, 15, 30 or 60 minutes long",
                    e);
        }
    }

    String name() {
        return String.valueOf(path.getFileName()).replaceFirst("\\.csv(\\.gz)?$", "");
    }
}
