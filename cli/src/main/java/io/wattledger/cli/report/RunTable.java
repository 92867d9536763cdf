package io.wattledger.cli.report;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.RunText;
import io.wattledger.streams.report.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs as a table for a terminal. */
final class RunTable {
    private static final List<String> HEADER =
            List.of("RUN", "PROJECT", "NAME", "ZONE", "STARTED", "DURATION", "ENERGY", "BAND", "EMISSIONS", "STATUS");

    private RunTable() {}

    static void print(RunReports.Report report, PrintWriter out) {
        if (report.runs().isEmpty()) {
            out.println("The ledger has no such run yet. Measure one with: wattledger run -- COMMAND");
        } else {
            var lines = new ArrayList<List<String>>();
            lines.add(HEADER);
            report.runs().forEach(run -> lines.add(line(run)));
            out.print(TextTable.of(lines));
        }
        out.println("Known up to " + report.knownUpTo() + ".");
    }

    private static List<String> line(RunEmissions run) {
        return List.of(
                run.getRun(),
                run.getProject(),
                Objects.requireNonNullElse(run.getName(), ""),
                run.getZone(),
                RunText.time(run.getStarted()),
                RunText.duration(run),
                RunText.energy(run),
                RunText.band(run),
                RunText.emissions(run),
                RunText.status(run));
    }
}
