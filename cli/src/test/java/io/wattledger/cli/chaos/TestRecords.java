package io.wattledger.cli.chaos;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/** Samples of a host with one counter, a second each. */
final class TestRecords {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final long RANGE = 1L << 40;

    private TestRecords() {}

    /** The sample with that number, at whose end the counter stands at {@code seq × millijoules}. */
    static PowerSamples samples(String host, long seq, long millijoules) {
        var counter = new RawCounter(1000 * seq * millijoules, "uJ", RANGE);
        var reading = new Reading("package-0", null, DeviceKind.CPU, millijoules, 0L, "RAPL_POWERCAP", counter);
        var start = START.plusSeconds(seq - 1);
        var sample =
                new Sample(seq, start, start.plusSeconds(1), List.of(reading), List.of(), 1L, 1_000_000_000L, 1L << 30);
        return new PowerSamples(
                host, "boot", "session", "FR", 1000, AttributionPolicy.MACHINE, new HashMap<>(), 0L, List.of(sample));
    }
}
