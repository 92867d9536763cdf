package io.wattledger.cli.bench;

import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as the ledger of a fleet of 500 runs writes them: closed rows, each another one, and totals that grow. */
final class SinkLoad {
    static final int RUNS = 500;

    private static final Duration SLOT = Duration.ofMinutes(15);
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final long INTENSITY = 56_039_000;

    private SinkLoad() {}

    /** Row number {@code i}. */
    static EmissionRow row(long i) {
        var run = run(i);
        long energy = 300_000 + i % 100_000;
        long emissions = emissions(energy);
        return EmissionRow.newBuilder()
                .setRun(run)
                .setHost("host-" + i % RUNS % 50)
                .setSlotStart(START.plus(SLOT.multipliedBy(i / RUNS)))
                .setSlotLengthMillis(SLOT.toMillis())
                .setZone("FR")
                .setPueThousandths(1000)
                .setProject("project-" + i % 20)
                .setEnergyMillijoules(energy)
                .setCpuEnergyMillijoules(energy)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setEnergyByMethod(Map.of("RAPL_POWERCAP", energy))
                .setBandMillijoules(energy / 20)
                .setCpuTimeNanos(900_000_000_000L)
                .setMeasuredMillis(SLOT.toMillis())
                .setFacilityEnergyMillijoules(energy)
                .setIntensityMicrogramsPerKwh(INTENSITY)
                .setRung(IntensityRung.ANNUAL_ZONE)
                .setIntensityZone("FR")
                .setIntensityZoneName("France")
                .setIntensityYear(2023)
                .setIntensityMethod("lifecycle")
                .setIntensitySource("Ember via OWID")
                .setEmissionsMicrograms(emissions)
                .setCpuEmissionsMicrograms(emissions)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setRevision(1)
                .setKnownAt(START.plus(SLOT.multipliedBy(i / RUNS + 1)))
                .setSealed(false)
                .build();
    }

    /** Total number {@code i} of {@code all}: each run's grows, and the last one is final. */
    static RunEmissions total(long i, long all) {
        long energy = 1_000 * (i / RUNS + 1);
        long emissions = emissions(energy);
        boolean last = i + RUNS >= all;
        return RunEmissions.newBuilder()
                .setRun(run(i))
                .setProject("project-" + i % 20)
                .setHosts(List.of("host-" + i % RUNS % 50))
                .setZone("FR")
                .setStarted(START)
                .setFinished(last ? START.plusSeconds(i / RUNS) : null)
                .setExitCode(last ? 0 : null)
                .setStatus(last ? RunStatus.FINISHED : RunStatus.RUNNING)
                .setEnergyMillijoules(energy)
                .setCpuEnergyMillijoules(energy)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setFacilityEnergyMillijoules(energy)
                .setEnergyByMethod(Map.of("RAPL_POWERCAP", energy))
                .setBandMillijoules(energy / 20)
                .setCpuTimeNanos(1_000_000_000L * (i / RUNS + 1))
                .setEmissionsMicrograms(emissions)
                .setCpuEmissionsMicrograms(emissions)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setIntensities(List.of(new IntensityUse(
                        "FR",
                        IntensityRung.ANNUAL_ZONE,
                        "FR",
                        "France",
                        2023,
                        "lifecycle",
                        "Ember via OWID",
                        INTENSITY,
                        energy,
                        emissions)))
                .setRevision(last ? 1 : 0)
                .setKnownAt(START.plusSeconds(i / RUNS))
                .build();
    }

    private static long emissions(long millijoules) {
        return EmissionFormula.of(new Energy(millijoules), Pue.ONE, new CarbonIntensity(INTENSITY))
                .micrograms();
    }

    private static String run(long i) {
        return "run-" + i % RUNS;
    }
}
