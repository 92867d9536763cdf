package io.wattledger.streams;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records for tests. */
public final class Fixtures {
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    public static final String SERIES = "average-lifecycle";

    private Fixtures() {}

    public static PowerSamples samples(String host, String session, String zone, Sample... samples) {
        return new PowerSamples(
                host, "boot-1", session, zone, 1200, AttributionPolicy.MACHINE, new HashMap<>(), 0L, List.of(samples));
    }

    public static Sample sample(long seq, Instant start, Instant end, List<Reading> readings, Usage... usage) {
        long busy = 0;
        for (var use : usage) {
            busy += use.getCpuTimeNanos();
        }
        return new Sample(seq, start, end, readings, List.of(usage), busy, 2 * busy, 1L << 33);
    }

    public static Reading cpu(long millijoules) {
        return reading("package-0", null, DeviceKind.CPU, millijoules, "RAPL_POWERCAP");
    }

    public static Reading ram(long millijoules) {
        return reading("ram", null, DeviceKind.RAM, millijoules, "MODEL_RAM_SIZE");
    }

    public static Reading reading(String device, String parent, DeviceKind kind, long millijoules, String method) {
        return new Reading(device, parent, kind, millijoules, millijoules / 10, method, null);
    }

    public static Usage usage(String run, long cpuTimeNanos, long memoryBytes) {
        return new Usage(run, "project-" + run, cpuTimeNanos, new HashMap<>(), memoryBytes);
    }

    public static GridIntensity live(String zone, Instant start, Duration length, long grams, Instant version) {
        return live(SERIES, zone, start, length, grams, version);
    }

    public static GridIntensity live(
            String series, String zone, Instant start, Duration length, long grams, Instant version) {
        return new GridIntensity(
                series,
                zone,
                start,
                length.toMillis(),
                grams * 1_000_000,
                IntensityRung.LIVE_MEASURED,
                version,
                "test",
                version,
                null,
                null,
                null,
                null,
                null);
    }

    public static GridDefault annual(String zone, String parent, int year, long grams, String method) {
        return new GridDefault(
                SERIES, zone, year, "Name of " + zone, grams * 1_000_000, method, "source", "CC BY 4.0", parent);
    }

    public static RunEvent started(String run, String host, String session, Instant at, long firstSeq) {
        return new RunEvent(
                run,
                host,
                "project-" + run,
                "name",
                Map.of("team", "a"),
                "user",
                null,
                "FR",
                at,
                null,
                null,
                session,
                firstSeq,
                null,
                null,
                null);
    }

    public static RunEvent finished(RunEvent started, Instant at, int exitCode, long lastSeq) {
        return RunEvent.newBuilder(started)
                .setFinished(at)
                .setExitCode(exitCode)
                .setLastSeq(lastSeq)
                .build();
    }
}
