package io.wattledger.cli.audit;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records to audit. */
final class Records {
    static final Instant SLOT = Instant.parse("2026-03-01T10:00:00Z");
    static final long SLOT_MILLIS = SLOT.toEpochMilli();
    static final long SLOT_LENGTH = SlotLength.DEFAULT.millis();
    static final Plausibility LIMITS = new Plausibility(
            new Power(1_000_000_000L),
            Instant.parse("2000-01-01T00:00:00Z"),
            Duration.ofDays(1),
            Duration.ofDays(31),
            3_000_000_000L);
    static final AuditSettings SETTINGS =
            new AuditSettings(SlotLength.DEFAULT, "average-lifecycle", "lifecycle", LIMITS);

    private Records() {}

    static PowerSamples samples(String session, Sample... samples) {
        return PowerSamples.newBuilder()
                .setHost("web-1")
                .setBootId("boot")
                .setSession(session)
                .setZone("FR")
                .setPueThousandths(1250)
                .setPolicy(AttributionPolicy.MACHINE)
                .setIdleMilliwatts(Map.of())
                .setSamples(List.of(samples))
                .build();
    }

    /** A sample of ten seconds, the first of them at the start of the slot. */
    static Sample sample(long seq, long millijoules, Usage... usage) {
        return sample(seq, SLOT.plusSeconds(10 * (seq - 1)), millijoules, usage);
    }

    static Sample sample(long seq, Instant start, long millijoules, Usage... usage) {
        return sample(seq, start, List.of(cpu(millijoules)), usage);
    }

    static Sample sample(long seq, Instant start, List<Reading> readings, Usage... usage) {
        return Sample.newBuilder()
                .setSeq(seq)
                .setStart(start)
                .setEnd(start.plusSeconds(10))
                .setReadings(readings)
                .setUsage(List.of(usage))
                .setBusyCpuTimeNanos(5_000_000_000L)
                .setCapacityCpuTimeNanos(40_000_000_000L)
                .build();
    }

    static Reading cpu(long millijoules) {
        return new Reading("package-0", null, DeviceKind.CPU, millijoules, millijoules / 20, "RAPL_POWERCAP", null);
    }

    /** The processor, with its counter at the end of the sample, in microjoules. */
    static Reading cpu(long millijoules, long counter, long range) {
        var raw = new RawCounter(counter, "uJ", range);
        return new Reading("package-0", null, DeviceKind.CPU, millijoules, 0L, "RAPL_POWERCAP", raw);
    }

    static Usage usage(String run, long cpuTimeNanos) {
        return new Usage(run, "demo", cpuTimeNanos, new HashMap<>(), 0L);
    }

    static RowKey key(String run, Instant slot) {
        return new RowKey(run, "web-1", slot.toEpochMilli(), "FR", 1250);
    }

    static void putAnnual(GridBook grid, String zone, int year, long microgramsPerKwh, String parent) {
        grid.put(
                new GridDefaultKey("average-lifecycle", zone, year),
                new GridDefault(
                        "average-lifecycle",
                        zone,
                        year,
                        zone,
                        microgramsPerKwh,
                        "lifecycle",
                        "a table",
                        "CC0",
                        parent));
    }

    static GridIntensityKey liveKey(Duration length) {
        return new GridIntensityKey("average-lifecycle", "FR", SLOT, length.toMillis());
    }

    static GridIntensity live(IntensityRung rung, int version, long microgramsPerKwh, Duration length) {
        return GridIntensity.newBuilder()
                .setSeries("average-lifecycle")
                .setZone("FR")
                .setSlotStart(SLOT)
                .setSlotLengthMillis(length.toMillis())
                .setIntensityMicrogramsPerKwh(microgramsPerKwh)
                .setRung(rung)
                .setVersion(SLOT.plusSeconds(version))
                .setSource("a provider")
                .setPublishedAt(SLOT.plusSeconds(version))
                .build();
    }

    static HostCorrection correction(String zone, Integer pue, int made) {
        return HostCorrection.newBuilder()
                .setHost("web-1")
                .setFrom(SLOT)
                .setTo(SLOT.plusMillis(SLOT_LENGTH))
                .setZone(zone)
                .setPueThousandths(pue)
                .setWho("ann")
                .setWhy("moved")
                .setMade(SLOT.plusSeconds(made))
                .build();
    }
}
