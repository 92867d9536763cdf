package io.wattledger.streams.report;

import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A finished run with round figures. */
public final class RunFixture {
    private RunFixture() {}

    public static RunEmissions run(String id) {
        return RunEmissions.newBuilder()
                .setRun(id)
                .setProject("default")
                .setName("train <1>")
                .setLabels(Map.of("team", "a", "branch", "main"))
                .setUser("ana")
                .setHosts(List.of("vm-3"))
                .setZone("FR")
                .setStarted(Instant.parse("2026-03-01T10:00:00.250Z"))
                .setFinished(Instant.parse("2026-03-01T10:00:14.450Z"))
                .setExitCode(0)
                .setStatus(RunStatus.FINISHED)
                .setEnergyMillijoules(291_600)
                .setFacilityEnergyMillijoules(349_920)
                .setCpuEnergyMillijoules(151_200)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(140_400)
                .setOtherEnergyMillijoules(0)
                .setEnergyByMethod(Map.of("MODEL_CPU_LOAD", 151_200L, "MODEL_RAM_SIZE", 140_400L))
                .setBandMillijoules(131_220)
                .setCpuTimeNanos(13_000_000_000L)
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
                .setRevision(1)
                .setKnownAt(Instant.parse("2026-03-01T10:00:15Z"))
                .build();
    }
}
