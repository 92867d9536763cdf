package io.wattledger.streams.totals;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RevisionCause;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.state.DailyDelta;
import io.wattledger.schemas.state.RowDelta;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.RunHostStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the accounting step tells. */
public final class Deltas {
    private static final Instant SLOT = Instant.parse("2026-03-01T10:00:00Z");

    private Deltas() {}

    static RowDelta row(long millijoules, long micrograms) {
        return RowDelta.newBuilder()
                .setEnergyMillijoules(millijoules)
                .setFacilityEnergyMillijoules(millijoules)
                .setCpuEnergyMillijoules(millijoules)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setEnergyByMethod(Map.of("RAPL", millijoules))
                .setBandMillijoules(0)
                .setCpuTimeNanos(0)
                .setMeasuredMillis(1000)
                .setEmissionsMicrograms(micrograms)
                .setCpuEmissionsMicrograms(micrograms)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setIntensities(List.of(use(millijoules, micrograms)))
                .build();
    }

    private static IntensityUse use(long millijoules, long micrograms) {
        return new IntensityUse(
                "FR",
                IntensityRung.ANNUAL_ZONE,
                "FR",
                "France",
                2023,
                "lifecycle",
                "Ember",
                56_000_000L,
                millijoules,
                micrograms);
    }

    static RunDelta ofRow(long millijoules, long micrograms) {
        return delta().setRow(row(millijoules, micrograms)).build();
    }

    static RunDelta ofEvent(RunEvent event, RunHostStatus status) {
        return delta().setHost(event.getHost())
                .setEvent(event)
                .setStatus(status)
                .build();
    }

    /** Another intensity for a closed row of 1 kWh. */
    static RunDelta ofRevision(String run, int revision, long before, long after) {
        return delta().setRow(row(0, after - before))
                .setRevisions(List.of(revision(run, revision, before, after)))
                .build();
    }

    public static EmissionRevision revision(String run, int revision, long before, long after) {
        return EmissionRevision.newBuilder()
                .setRow(EmissionRow.newBuilder()
                        .setRun(run)
                        .setHost("host")
                        .setSlotStart(SLOT)
                        .setSlotLengthMillis(900_000)
                        .setZone("FR")
                        .setPueThousandths(1000)
                        .setProject("project")
                        .setEnergyMillijoules(3_600_000_000L)
                        .setCpuEnergyMillijoules(3_600_000_000L)
                        .setGpuEnergyMillijoules(0)
                        .setRamEnergyMillijoules(0)
                        .setOtherEnergyMillijoules(0)
                        .setBandMillijoules(0)
                        .setCpuTimeNanos(0)
                        .setFacilityEnergyMillijoules(3_600_000_000L)
                        .setIntensityMicrogramsPerKwh(after)
                        .setRung(IntensityRung.LIVE_MEASURED)
                        .setIntensityZone("FR")
                        .setIntensityZoneName("France")
                        .setIntensityYear(0)
                        .setIntensityMethod("lifecycle")
                        .setIntensitySource("Electricity Maps")
                        .setEmissionsMicrograms(after)
                        .setCpuEmissionsMicrograms(after)
                        .setGpuEmissionsMicrograms(0)
                        .setRamEmissionsMicrograms(0)
                        .setOtherEmissionsMicrograms(0)
                        .setRevision(revision)
                        .setKnownAt(SLOT)
                        .build())
                .setCause(RevisionCause.INTENSITY)
                .setReplacesRevision(revision - 1)
                .setPreviousEnergyMillijoules(3_600_000_000L)
                .setPreviousIntensityMicrogramsPerKwh(before)
                .setPreviousIntensitySource("Ember")
                .setPreviousEmissionsMicrograms(before)
                .build();
    }

    static DailyDelta ofDay(String day, String project, String zone, long millijoules, long micrograms) {
        return new DailyDelta(day, project, zone, row(millijoules, micrograms), SLOT);
    }

    private static RunDelta.Builder delta() {
        return RunDelta.newBuilder()
                .setHost("host")
                .setProject("project")
                .setZone("FR")
                .setKnownAt(SLOT);
    }
}
