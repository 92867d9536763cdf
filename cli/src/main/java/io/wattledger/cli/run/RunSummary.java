package io.wattledger.cli.run;

import io.wattledger.grid.location.HostZone;
import io.wattledger.grid.zone.Zone;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.FootprintText;
import io.wattledger.streams.report.RunText;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The lines a run ends with. */
final class RunSummary {
    private RunSummary() {}

    static void print(PrintWriter err, RunEmissions run, HostZone zone, @Nullable String page, @Nullable String csv) {
        line(err, "run", run.getRun() + " (project " + run.getProject() + ") " + RunText.circumstances(run));
        line(err, "energy", RunText.energy(run) + "   " + RunText.components(run) + "   " + RunText.band(run));
        line(err, "emissions", RunText.emissions(run) + "   at " + RunText.intensity(run));
        FootprintText.lines(run).forEach((label, text) -> line(err, label, text));
        if (page != null) {
            line(err, "ledger", page + (csv == null ? "" : "   csv " + csv));
        } else if (csv != null) {
            line(err, "csv", csv);
        }
        if (run.getZone().equals(Zone.UNKNOWN)) {
            err.println(Ansi.AUTO.string("@|bold,yellow NO ZONE WAS SET:|@ ")
                    + "the emissions use the world average, which may be several times too high or too low.");
            err.println("           " + capitalised(zone.explanation()) + ".");
        }
        err.flush();
    }

    private static void line(PrintWriter err, String label, String text) {
        err.printf("%-10s %s%n", label, text);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
