package io.wattledger.sinks.prometheus;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.serde.TrustedRecords;
import io.wattledger.sinks.task.LedgerRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records of the ledger for tests. */
final class Ledger {
    static final String TOPIC = "ledger";

    static {
        TrustedRecords.trust();
    }

    private Ledger() {}

    /** A run in progress: a third of energy and emissions is the memory's, the rest the processor's. */
    static RunEmissions running(String run, long millijoules, long micrograms, Instant knownAt) {
        return total(run, millijoules, micrograms, knownAt)
                .setStatus(RunStatus.RUNNING)
                .setRevision(0)
                .build();
    }

    /** A run that has ended a second before this became known. */
    static RunEmissions finished(String run, long millijoules, long micrograms, int revision, Instant knownAt) {
        return total(run, millijoules, micrograms, knownAt)
                .setStatus(RunStatus.FINISHED)
                .setFinished(knownAt.minusSeconds(1))
                .setRevision(revision)
                .build();
    }

    static RunEmissions.Builder total(String run, long millijoules, long micrograms, Instant knownAt) {
        long ramEnergy = millijoules / 3;
        long ramEmissions = micrograms / 3;
        return RunEmissions.newBuilder()
                .setRun(run)
                .setProject("physics")
                .setName("night build")
                .setUser("ada")
                .setHosts(List.of("vm-3"))
                .setZone("FR")
                .setStarted(knownAt.minusSeconds(20))
                .setStatus(RunStatus.RUNNING)
                .setEnergyMillijoules(millijoules)
                .setCpuEnergyMillijoules(millijoules - ramEnergy)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(ramEnergy)
                .setOtherEnergyMillijoules(0)
                .setFacilityEnergyMillijoules(millijoules)
                .setBandMillijoules(0)
                .setCpuTimeNanos(1)
                .setEmissionsMicrograms(micrograms)
                .setCpuEmissionsMicrograms(micrograms - ramEmissions)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(ramEmissions)
                .setOtherEmissionsMicrograms(0)
                .setKnownAt(knownAt);
    }

    /** A minute of 50 W (40 W processor, 10 W memory) at 12 g/h in an open slot. */
    static EmissionRow.Builder row(String run, String host, Instant slotStart, Instant knownAt) {
        return EmissionRow.newBuilder()
                .setRun(run)
                .setHost(host)
                .setSlotStart(slotStart)
                .setSlotLengthMillis(900_000)
                .setZone("FR")
                .setPueThousandths(1000)
                .setProject("physics")
                .setEnergyMillijoules(3_000_000)
                .setCpuEnergyMillijoules(2_400_000)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(600_000)
                .setOtherEnergyMillijoules(0)
                .setEnergyByMethod(Map.of("rapl", 3_000_000L))
                .setBandMillijoules(0)
                .setCpuTimeNanos(1)
                .setMeasuredMillis(60_000)
                .setFacilityEnergyMillijoules(3_000_000)
                .setIntensityMicrogramsPerKwh(240_000_000)
                .setRung(IntensityRung.LIVE_MEASURED)
                .setIntensityZone("FR")
                .setIntensityZoneName("France")
                .setIntensityYear(0)
                .setIntensityMethod("lifecycle")
                .setIntensitySource("a test")
                .setEmissionsMicrograms(200_000)
                .setCpuEmissionsMicrograms(160_000)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(40_000)
                .setOtherEmissionsMicrograms(0)
                .setRevision(0)
                .setKnownAt(knownAt)
                .setSealed(false);
    }

    static HostHour hour(String host, Instant hour, Instant knownAt) {
        return HostHour.newBuilder()
                .setHost(host)
                .setHour(hour)
                .setRunsMillijoules(3_000_000)
                .setIdleMillijoules(1_000_000)
                .setOtherMillijoules(500_001)
                .setMissingMillijoules(0)
                .setSampledMillijoules(4_500_000)
                .setMeteredMillijoules(4_500_000)
                .setDifferenceMillijoules(-1)
                .setMissingMillis(1500)
                .setEmissionsMicrograms(300_000)
                .setKnownAt(knownAt)
                .build();
    }

    static LedgerRecord record(SpecificRecord value) {
        return new LedgerRecord(sinkRecord(0, 0, value), value);
    }

    static SinkRecord sinkRecord(int partition, long offset, SpecificRecord value) {
        var struct = RecordStruct.of(value);
        return new SinkRecord(
                TOPIC,
                partition,
                Schema.STRING_SCHEMA,
                "key",
                struct.schema(),
                struct.value(),
                offset,
                Instant.now().toEpochMilli(),
                TimestampType.CREATE_TIME);
    }
}
