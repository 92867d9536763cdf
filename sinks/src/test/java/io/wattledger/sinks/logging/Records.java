package io.wattledger.sinks.logging;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.RevisionCause;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records and lines for tests. */
public final class Records {
    private Records() {}

    /** 14.2 s with 0.081 Wh at 56 g/kWh and a PUE of 1.2. */
    public static RunEmissions.Builder run(String run, int revision) {
        return Runs.finished(run, revision)
                .setProject("web")
                .setLabels(Map.of("team", "a]\"\\b"))
                .setHosts(List.of("vm-3", "vm-4"))
                .setKnownAt(Instant.parse("2026-03-01T10:00:15.250Z"));
    }

    /** 10 s with 0.02 Wh. */
    public static EmissionRow.Builder row(String run, int revision) {
        return EmissionRow.newBuilder()
                .setRun(run)
                .setHost("vm-3")
                .setSlotStart(Instant.parse("2026-03-01T10:00:00Z"))
                .setSlotLengthMillis(10_000)
                .setZone("FR")
                .setPueThousandths(1_200)
                .setProject("web")
                .setEnergyMillijoules(72_000)
                .setCpuEnergyMillijoules(72_000)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setBandMillijoules(7_200)
                .setCpuTimeNanos(9_000_000_000L)
                .setFacilityEnergyMillijoules(86_400)
                .setIntensityMicrogramsPerKwh(56_039_000)
                .setRung(IntensityRung.ANNUAL_ZONE)
                .setIntensityZone("FR")
                .setIntensityZoneName("France")
                .setIntensityYear(2023)
                .setIntensityMethod("lifecycle")
                .setIntensitySource("Ember via OWID")
                .setEmissionsMicrograms(1_345)
                .setCpuEmissionsMicrograms(1_345)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setRevision(revision)
                .setKnownAt(Instant.parse("2026-03-01T10:00:20Z"));
    }

    /** Put right by a person: 1.12 mg before. */
    public static EmissionRevision correction(String run) {
        return EmissionRevision.newBuilder()
                .setRow(row(run, 2).build())
                .setCause(RevisionCause.CORRECTION)
                .setReplacesRevision(1)
                .setPreviousEnergyMillijoules(72_000L)
                .setPreviousIntensityMicrogramsPerKwh(56_039_000L)
                .setPreviousEmissionsMicrograms(1_121L)
                .setPreviousZone("FR")
                .setPreviousPueThousandths(1_000)
                .setWho("ann")
                .setWhy("PUE was missing")
                .build();
    }

    /** As Connect gives it. */
    public static SinkRecord sinkRecord(SpecificRecord value, long offset) {
        var struct = RecordStruct.of(value);
        return new SinkRecord("ledger", 3, Schema.STRING_SCHEMA, "key", struct.schema(), struct.value(), offset);
    }

    public static LedgerRecord record(SpecificRecord value, long offset) {
        return new LedgerRecord(sinkRecord(value, offset), value);
    }

    public static LogLine line(SpecificRecord value, long offset) {
        return LogLine.of(record(value, offset));
    }
}
