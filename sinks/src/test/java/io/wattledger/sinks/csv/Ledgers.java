package io.wattledger.sinks.csv;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.RevisionCause;
import java.time.Instant;
import java.util.Map;

/** Rows of the ledger for tests. */
final class Ledgers {
    private Ledgers() {}

    /** Five minutes with 0.081 Wh at 56 g/kWh and a PUE of 1.2. */
    static EmissionRow.Builder row(String run, int revision) {
        return EmissionRow.newBuilder()
                .setRun(run)
                .setHost("vm-3")
                .setSlotStart(Instant.parse("2026-03-01T10:00:00Z"))
                .setSlotLengthMillis(300_000)
                .setZone("FR")
                .setPueThousandths(1200)
                .setProject("default")
                .setEnergyMillijoules(291_600)
                .setCpuEnergyMillijoules(151_200)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(140_400)
                .setOtherEnergyMillijoules(0)
                .setEnergyByMethod(Map.of("rapl", 291_600L))
                .setBandMillijoules(0)
                .setCpuTimeNanos(13_250_000_000L)
                .setMeasuredMillis(14_200)
                .setFacilityEnergyMillijoules(349_920)
                .setIntensityMicrogramsPerKwh(56_039_000)
                .setRung(IntensityRung.ANNUAL_ZONE)
                .setIntensityZone("FR")
                .setIntensityZoneName("France")
                .setIntensityYear(2023)
                .setIntensityMethod("lifecycle")
                .setIntensitySource("Ember via OWID")
                .setEmissionsMicrograms(5_447)
                .setCpuEmissionsMicrograms(2_824)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(2_623)
                .setOtherEmissionsMicrograms(0)
                .setRevision(revision)
                .setKnownAt(Instant.parse("2026-03-01T10:10:00Z"));
    }

    static EmissionRevision corrected(EmissionRow row) {
        return EmissionRevision.newBuilder()
                .setRow(row)
                .setCause(RevisionCause.CORRECTION)
                .setReplacesRevision(row.getRevision() - 1)
                .setPreviousEnergyMillijoules(291_600L)
                .setPreviousIntensityMicrogramsPerKwh(380_000_000L)
                .setPreviousEmissionsMicrograms(36_936L)
                .setPreviousIntensitySource("Ember via OWID")
                .setPreviousZone("DE")
                .setPreviousPueThousandths(1200)
                .setWho("ada")
                .setWhy("the host is in Paris")
                .build();
    }
}
