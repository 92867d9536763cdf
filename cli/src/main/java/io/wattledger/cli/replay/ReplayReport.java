package io.wattledger.cli.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.replay.Share;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.RunJson;
import io.wattledger.streams.report.RunText;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a replay came to, for people and for programs. */
final class ReplayReport {
    private final Replay replay;
    private final RunEmissions total;
    private final Share coverage;

    /** @param onSupplied energy that was accounted on the supplied intensities */
    ReplayReport(Replay replay, RunEmissions total, Energy onSupplied) {
        this.replay = replay;
        this.total = total;
        this.coverage = new Share(onSupplied.millijoules(), total.getEnergyMillijoules());
    }

    /** As that of a run, with what concerns the recording. */
    ObjectNode json() {
        var json = RunJson.of(total);
        json.put("rows", replay.power().rows());
        json.put("skipped_rows", replay.power().skipped());
        json.put("coverage", coverage.value().orElse(null));
        json.put("time_coverage", replay.recording().timeWithValue().value().orElse(null));
        var gaps = json.putObject("gaps");
        gaps.put("count", replay.recording().gaps().count());
        gaps.put("duration_s", BigDecimal.valueOf(replay.recording().gaps().millis(), 3));
        json.put("slot_s", replay.slots().millis() / 1000);
        json.put("pue", BigDecimal.valueOf(replay.terms().pue().thousandths(), 3));
        var claims = replay.power().claims();
        if (claims.energy() != null || claims.emissions() != null) {
            var recorded = json.putObject("recorded");
            recorded.put(
                    "energy_kwh",
                    claims.energy() == null ? null : claims.energy().kilowattHours());
            recorded.put(
                    "emissions_g",
                    claims.emissions() == null ? null : claims.emissions().grams());
        }
        return json;
    }

    /** The lines that a replay ends with. */
    void print(PrintWriter out, @Nullable String page, @Nullable String csv) {
        line(
                out,
                "run",
                total.getRun() + " (project " + total.getProject() + ") "
                        + replay.power().rows() + " rows of "
                        + replay.power().format() + ", zone " + total.getZone() + ", " + RunText.duration(total)
                        + ", replayed as host " + replay.host());
        line(out, "energy", RunText.energy(total) + facility());
        line(out, "emissions", RunText.emissions(total) + "   at " + RunText.intensity(total));
        if (replay.intensities() != null) {
            line(
                    out,
                    "coverage",
                    percent(coverage).orElse("no energy") + " of the energy on "
                            + replay.intensities().source() + ", in slots of "
                            + Duration.ofMillis(replay.slots().millis()).toMinutes() + " min");
        }
        var gaps = replay.recording().gaps();
        if (gaps.count() > 0) {
            line(
                    out,
                    "gaps",
                    gaps.count() + ", " + Readable.duration(Duration.ofMillis(gaps.millis()))
                            + " in all; there are values for "
                            + percent(replay.recording().timeWithValue()).orElse("none") + " of the time");
        }
        printClaims(out);
        if (page != null) {
            line(out, "ledger", page);
        }
        if (csv != null) {
            line(out, "csv", csv);
        }
        out.flush();
    }

    private String facility() {
        return replay.terms().pue().thousandths() == 1000
                ? ""
                : "   at the site " + Readable.energy(new Energy(total.getFacilityEnergyMillijoules()))
                        + " with a PUE of "
                        + BigDecimal.valueOf(replay.terms().pue().thousandths(), 3)
                                .stripTrailingZeros()
                                .toPlainString();
    }

    private void printClaims(PrintWriter out) {
        var claims = replay.power().claims();
        if (claims.energy() != null && claims.emissions() != null) {
            line(
                    out,
                    "recorded",
                    Readable.energy(claims.energy()) + " and " + Readable.emissions(claims.emissions())
                            + " by the file's own account, to compare with");
        }
    }

    private static Optional<String> percent(Share share) {
        return share.value()
                .map(value -> value.movePointRight(2)
                                .setScale(2, RoundingMode.DOWN)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " %");
    }

    private static void line(PrintWriter out, String label, String text) {
        out.printf("%-10s %s%n", label, text);
    }
}
