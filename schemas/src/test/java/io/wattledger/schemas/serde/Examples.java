package io.wattledger.schemas.serde;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records for tests, with every kind of field in them. */
public final class Examples {
    private Examples() {}

    public static LedgerKey ledgerKey() {
        return new LedgerKey("run-1", "vm-3", Instant.parse("2025-03-01T10:15:00Z"), "FR", 1125);
    }

    public static RunHostKey runHostKey() {
        return new RunHostKey("run-1", "vm-3");
    }

    public static PowerSamples powerSamples() {
        var start = Instant.parse("2025-03-01T10:15:00.250Z");
        return PowerSamples.newBuilder()
                .setHost("vm-3")
                .setBootId("boot")
                .setSession("session")
                .setZone("FR")
                .setPolicy(AttributionPolicy.SHARED)
                .setIdleMilliwatts(Map.of("package-0", 12_000L))
                .setSamples(List.of(Sample.newBuilder()
                        .setSeq(1)
                        .setStart(start)
                        .setEnd(start.plusMillis(1_000))
                        .setReadings(List.of(
                                Reading.newBuilder()
                                        .setDevice("package-0")
                                        .setKind(DeviceKind.CPU)
                                        .setEnergyMillijoules(31_415)
                                        .setMethod("RAPL_POWERCAP")
                                        .setCounter(new RawCounter(262_143_328_850L, "uJ", 262_143_328_850L))
                                        .build(),
                                Reading.newBuilder()
                                        .setDevice("dram-0")
                                        .setParent("package-0")
                                        .setKind(DeviceKind.RAM)
                                        .setEnergyMillijoules(0)
                                        .setMethod("MODEL_RAM_SIZE")
                                        .build()))
                        .setUsage(List.of(Usage.newBuilder()
                                .setRun("run-1")
                                .setProject("größe ⚡")
                                .setCpuTimeNanos(Long.MAX_VALUE)
                                .setDeviceShareThousandths(Map.of("gpu-0", 17))
                                .build()))
                        .setBusyCpuTimeNanos(1)
                        .setCapacityCpuTimeNanos(2)
                        .build()))
                .build();
    }
}
