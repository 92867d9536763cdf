package io.wattledger.sinks.webhook;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.RevisionCause;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.serde.TrustedRecords;
import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.Runs;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records for tests. */
final class Samples {
    static final Instant KNOWN = Instant.parse("2026-03-01T10:00:15Z");

    static {
        TrustedRecords.trust();
    }

    private Samples() {}

    /** 14.2 s with 0.081 Wh, 5.443 mg. */
    static RunEmissions.Builder run(String run, int revision) {
        return Runs.finished(run, revision).setIntensities(List.of()).setKnownAt(KNOWN);
    }

    static EmissionRow.Builder row(int revision) {
        return EmissionRow.newBuilder()
                .setRun("r1")
                .setHost("vm-3")
                .setSlotStart(Instant.parse("2026-03-01T10:00:00Z"))
                .setSlotLengthMillis(3_600_000)
                .setZone("FR")
                .setPueThousandths(1200)
                .setProject("default")
                .setEnergyMillijoules(291_600)
                .setCpuEnergyMillijoules(291_600)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setBandMillijoules(0)
                .setCpuTimeNanos(0)
                .setFacilityEnergyMillijoules(349_920)
                .setIntensityMicrogramsPerKwh(56_039_000)
                .setRung(IntensityRung.ANNUAL_ZONE)
                .setIntensityZone("FR")
                .setIntensityZoneName("France")
                .setIntensityYear(2023)
                .setIntensityMethod("lifecycle")
                .setIntensitySource("Ember")
                .setEmissionsMicrograms(5_443)
                .setCpuEmissionsMicrograms(5_443)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setRevision(revision)
                .setKnownAt(KNOWN);
    }

    static EmissionRevision.Builder revision(int revision) {
        return EmissionRevision.newBuilder()
                .setRow(row(revision).build())
                .setCause(revision == 1 ? RevisionCause.CLOSED : RevisionCause.INTENSITY)
                .setReplacesRevision(revision == 1 ? null : revision - 1);
    }

    static DailyEmissions day() {
        return DailyEmissions.newBuilder()
                .setDay("2026-03-01")
                .setProject("default")
                .setZone("FR")
                .setEnergyMillijoules(291_600)
                .setFacilityEnergyMillijoules(349_920)
                .setCpuEnergyMillijoules(291_600)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setBandMillijoules(0)
                .setCpuTimeNanos(0)
                .setEmissionsMicrograms(5_443)
                .setCpuEmissionsMicrograms(5_443)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setKnownAt(KNOWN)
                .build();
    }

    static HostHour hour() {
        return HostHour.newBuilder()
                .setHost("vm-3")
                .setHour(Instant.parse("2026-03-01T10:00:00Z"))
                .setRunsMillijoules(291_600)
                .setIdleMillijoules(0)
                .setOtherMillijoules(0)
                .setMissingMillijoules(0)
                .setMeteredMillijoules(291_600)
                .setMissingMillis(0)
                .setEmissionsMicrograms(5_443)
                .setKnownAt(KNOWN)
                .build();
    }

    static Event event(SpecificRecord value) {
        return Event.of(new LedgerRecord(record(value, 0, 0), value));
    }

    static Event event(RunEmissions.Builder run) {
        return event(run.build());
    }

    /** As a converter gives it. */
    static SinkRecord record(SpecificRecord value, int partition, long offset) {
        var struct = RecordStruct.of(value);
        return new SinkRecord(
                "ledger",
                partition,
                Schema.STRING_SCHEMA,
                "key",
                struct.schema(),
                struct.value(),
                offset,
                KNOWN.toEpochMilli(),
                TimestampType.CREATE_TIME);
    }
}
