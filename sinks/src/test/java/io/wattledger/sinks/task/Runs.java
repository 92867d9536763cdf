package io.wattledger.sinks.task;

import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs for tests. */
public final class Runs {
    private Runs() {}

    /** 14.2 s with 0.081 Wh at 56 g/kWh and a PUE of 1.2. */
    public static RunEmissions.Builder finished(String run, int revision) {
        return RunEmissions.newBuilder()
                .setRun(run)
                .setProject("default")
                .setLabels(Map.of())
                .setHosts(List.of("vm-3"))
                .setZone("FR")
                .setStarted(Instant.parse("2026-03-01T10:00:00Z"))
                .setFinished(Instant.parse("2026-03-01T10:00:14.200Z"))
                .setExitCode(0)
                .setStatus(RunStatus.FINISHED)
                .setEnergyMillijoules(291_600)
                .setCpuEnergyMillijoules(151_200)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(140_400)
                .setOtherEnergyMillijoules(0)
                .setFacilityEnergyMillijoules(349_920)
                .setEnergyByMethod(Map.of("tdp-model", 151_200L, "ram-model", 140_400L))
                .setBandMillijoules(131_220)
                .setCpuTimeNanos(13_250_000_000L)
                .setEmissionsMicrograms(5_443)
                .setCpuEmissionsMicrograms(2_822)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(2_621)
                .setOtherEmissionsMicrograms(0)
                .setIntensities(List.of(new IntensityUse(
                        "FR",
                        IntensityRung.ANNUAL_ZONE,
                        "FR",
                        "France",
                        2023,
                        "lifecycle",
                        "Ember via OWID",
                        56_039_000L,
                        291_600L,
                        5_443L)))
                .setRevision(revision)
                .setKnownAt(Instant.parse("2026-03-01T10:00:15Z"));
    }
}
