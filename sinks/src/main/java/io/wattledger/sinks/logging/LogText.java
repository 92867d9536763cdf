package io.wattledger.sinks.logging;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What has happened, in a line for people. */
final class LogText {
    private LogText() {}

    /** For example {@code Run 7f3 of project web finished on vm-3 after 14.2 s, exit 0: 0.081 Wh, 5.44 mg CO2eq in FR}. */
    static String of(RunEmissions run) {
        return "Run " + run.getRun() + " of project " + run.getProject() + " "
                + (run.getStatus() == RunStatus.LOST ? "was lost" : "finished")
                + (run.getHosts().isEmpty() ? "" : " on " + String.join(", ", run.getHosts()))
                + duration(run)
                + (run.getExitCode() == null ? "" : ", exit " + run.getExitCode())
                + (run.getRevision() > 1 ? "; its figures have changed, revision " + run.getRevision() : "")
                + ": " + energy(run.getEnergyMillijoules()) + ", " + emissions(run.getEmissionsMicrograms()) + " in "
                + run.getZone();
    }

    private static String duration(RunEmissions run) {
        return run.getStarted() == null || run.getFinished() == null
                ? ""
                : " after " + Readable.duration(Duration.between(run.getStarted(), run.getFinished()));
    }

    /** For example {@code Row of run 7f3 on vm-3 from 2026-03-01T10:00:00Z: 0.02 Wh, 1.1 mg CO2eq in FR}. */
    static String of(EmissionRow row) {
        return subject(row) + ": " + energy(row.getEnergyMillijoules()) + ", " + emissions(row.getEmissionsMicrograms())
                + " in " + row.getZone();
    }

    /**
     * For example {@code Row of run 7f3 on vm-3 from 2026-03-01T10:00:00Z has changed (another intensity), revision 2: 0.02
     * Wh, 1.1 mg CO2eq → 1.3 mg CO2eq in FR}.
     */
    static String of(EmissionRevision change) {
        var row = change.getRow();
        return subject(row) + " has changed (" + cause(change) + "), revision " + row.getRevision() + ": "
                + fromTo(energy(change.getPreviousEnergyMillijoules()), energy(row.getEnergyMillijoules())) + ", "
                + fromTo(emissions(change.getPreviousEmissionsMicrograms()), emissions(row.getEmissionsMicrograms()))
                + " in " + fromTo(change.getPreviousZone(), row.getZone());
    }

    private static String subject(EmissionRow row) {
        return "Row of run " + row.getRun() + " on " + row.getHost() + " from " + row.getSlotStart();
    }

    private static String cause(EmissionRevision change) {
        return switch (change.getCause()) {
            case CLOSED -> "its slot has closed";
            case SAMPLES -> "samples came late";
            case INTENSITY -> "another intensity";
            case SEALED -> "sealed";
            case CORRECTION ->
                "put right"
                        + (change.getWho() == null ? "" : " by " + change.getWho())
                        + (change.getWhy() == null ? "" : ": " + change.getWhy());
        };
    }

    private static @Nullable String energy(@Nullable Long millijoules) {
        return millijoules == null ? null : energy(millijoules.longValue());
    }

    private static String energy(long millijoules) {
        return Readable.energy(new Energy(millijoules));
    }

    private static @Nullable String emissions(@Nullable Long micrograms) {
        return micrograms == null ? null : emissions(micrograms.longValue());
    }

    private static String emissions(long micrograms) {
        return Readable.emissions(new Emissions(micrograms));
    }

    private static String fromTo(@Nullable String before, String after) {
        return before == null || before.equals(after) ? after : before + " → " + after;
    }
}
