package io.wattledger.warehouse;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.Footprint;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.RevisionCause;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of the ledger whose figures belong together. */
final class EmissionRows {
    static final int PUE = 1200;

    private EmissionRows() {}

    static LedgerKey key(String run, String host, String slotStart, String zone) {
        return new LedgerKey(run, host, Instant.parse(slotStart), zone, PUE);
    }

    /** Energy of the CPU by a counter, a tenth of it of memory by a model, at so many grams per kWh. */
    static EmissionRow row(LedgerKey key, String project, long cpuMillijoules, long gramsPerKwh) {
        long ram = cpuMillijoules / 10;
        var row = EmissionRow.newBuilder()
                .setRun(key.getRun())
                .setHost(key.getHost())
                .setSlotStart(key.getSlotStart())
                .setSlotLengthMillis(Duration.ofMinutes(15).toMillis())
                .setZone(key.getZone())
                .setPueThousandths(key.getPueThousandths())
                .setProject(project)
                .setEnergyMillijoules(cpuMillijoules + ram)
                .setCpuEnergyMillijoules(cpuMillijoules)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(ram)
                .setOtherEnergyMillijoules(0)
                .setEnergyByMethod(Map.of("rapl", cpuMillijoules, "ram-model", ram))
                .setBandMillijoules(ram / 2)
                .setCpuTimeNanos(1_000_000_000L)
                .setMeasuredMillis(Duration.ofMinutes(15).toMillis())
                .setFacilityEnergyMillijoules(facility(cpuMillijoules + ram))
                .setIntensityMicrogramsPerKwh(0)
                .setRung(IntensityRung.ANNUAL_ZONE)
                .setIntensityZone(key.getZone())
                .setIntensityZoneName(key.getZone())
                .setIntensityYear(2024)
                .setIntensityMethod("lifecycle")
                .setIntensitySource("Ember")
                .setEmissionsMicrograms(0)
                .setCpuEmissionsMicrograms(0)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setRevision(1)
                .setKnownAt(key.getSlotStart().plus(Duration.ofMinutes(45)))
                .build();
        return at(row, key.getZone(), gramsPerKwh);
    }

    /** The same in another zone, at another intensity. */
    static EmissionRow at(EmissionRow row, String zone, long gramsPerKwh) {
        long cpu = emissions(row.getCpuEnergyMillijoules(), gramsPerKwh);
        long ram = emissions(row.getRamEnergyMillijoules(), gramsPerKwh);
        return EmissionRow.newBuilder(row)
                .setZone(zone)
                .setIntensityZone(zone)
                .setIntensityMicrogramsPerKwh(gramsPerKwh * 1_000_000)
                .setEmissionsMicrograms(cpu + ram)
                .setCpuEmissionsMicrograms(cpu)
                .setRamEmissionsMicrograms(ram)
                .build();
    }

    /** The same with market-based and embodied emissions. */
    static EmissionRow withFootprint(EmissionRow row, long marketMicrograms, long embodiedMicrograms) {
        return EmissionRow.newBuilder(row)
                .setFootprint(Footprint.newBuilder()
                        .setMarketBasis("CONTRACT")
                        .setMarketEmissionsMicrograms(marketMicrograms)
                        .setEmbodiedMicrograms(embodiedMicrograms)
                        .build())
                .build();
    }

    /** What is left of a row of _missing when late samples have filled the gap. */
    static EmissionRow empty(EmissionRow row) {
        return EmissionRow.newBuilder(at(row(keyOf(row), row.getProject(), 0, 0), row.getZone(), 0))
                .setMeasuredMillis(0)
                .setRevision(row.getRevision() + 1)
                .build();
    }

    private static LedgerKey keyOf(EmissionRow row) {
        return new LedgerKey(row.getRun(), row.getHost(), row.getSlotStart(), row.getZone(), row.getPueThousandths());
    }

    static EmissionRow revised(EmissionRow row, String knownAt) {
        return EmissionRow.newBuilder(row)
                .setRevision(row.getRevision() + 1)
                .setKnownAt(Instant.parse(knownAt))
                .build();
    }

    static EmissionRevision revision(@Nullable EmissionRow before, EmissionRow row) {
        var revision = EmissionRevision.newBuilder().setRow(row).setCause(RevisionCause.CLOSED);
        if (before == null || before.getRevision() == 0) {
            return revision.build();
        }
        boolean moved = !before.getZone().equals(row.getZone());
        return revision.setCause(moved ? RevisionCause.CORRECTION : RevisionCause.INTENSITY)
                .setReplacesRevision(before.getRevision())
                .setPreviousEnergyMillijoules(before.getEnergyMillijoules())
                .setPreviousIntensityMicrogramsPerKwh(before.getIntensityMicrogramsPerKwh())
                .setPreviousEmissionsMicrograms(before.getEmissionsMicrograms())
                .setPreviousIntensitySource(before.getIntensitySource())
                .setPreviousZone(before.getZone())
                .setPreviousPueThousandths(before.getPueThousandths())
                .setWho(moved ? "ana" : null)
                .setWhy(moved ? "the rack is in Lyon" : null)
                .build();
    }

    private static long facility(long millijoules) {
        return BigDecimal.valueOf(millijoules)
                .multiply(BigDecimal.valueOf(PUE))
                .divide(BigDecimal.valueOf(1000), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private static long emissions(long millijoules, long gramsPerKwh) {
        return BigDecimal.valueOf(millijoules)
                .multiply(BigDecimal.valueOf(PUE * gramsPerKwh * 1_000))
                .divide(BigDecimal.valueOf(3_600_000_000L), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
