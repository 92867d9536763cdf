package io.wattledger.cli.report;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.RunText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs as a table for a terminal. */
final class RunTable {
    private static final List<String> HEADER =
            List.of("RUN", "PROJECT", "NAME", "ZONE", "STARTED", "DURATION", "ENERGY", "BAND", "EMISSIONS", "STATUS");

    private RunTable() {}

    static void print(List<RunEmissions> runs, PrintWriter out) {
        if (runs.isEmpty()) {
            out.println("The ledger has no such run yet. Measure one with: wattledger run -- COMMAND");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        runs.forEach(run -> rows.add(row(run)));
        var widths = HEADER.stream().mapToInt(String::length).toArray();
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        rows.forEach(row -> out.println(line(row, widths)));
        runs.stream()
                .map(RunEmissions::getKnownAt)
                .max(java.time.Instant::compareTo)
                .ifPresent(knownAt -> out.println("Known up to " + RunText.time(knownAt) + "."));
    }

    private static List<String> row(RunEmissions run) {
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

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
