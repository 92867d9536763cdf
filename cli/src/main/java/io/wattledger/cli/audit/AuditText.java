package io.wattledger.cli.audit;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Readable;
import io.wattledger.cli.audit.Difference.Gap;
import io.wattledger.cli.audit.Difference.What;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What an audit has found, for a terminal. */
final class AuditText {
    private static final int MOST_DIFFERENCES = 50;
    private static final int MOST_GAPS = 3;
    private static final List<String> HEADER =
            List.of("WHAT", "WHICH", "FIGURE", "LEDGER", "DERIVED", "DIFFERENCE", "LIKELY CAUSE");

    private final PrintWriter out;

    AuditText(PrintWriter out) {
        this.out = out;
    }

    void print(AuditReport report) {
        report.explained().forEach(row -> new Explanation(row).lines().forEach(out::println));
        if (!report.explained().isEmpty()) {
            out.println(total(report));
        }
        printDifferences(report.differences());
        out.printf(
                "compared   %d energy rows, %d emission rows, %d runs, %d days, %d hours of hosts%n",
                report.compared(What.ENERGY_ROW),
                report.compared(What.EMISSION_ROW),
                report.compared(What.RUN),
                report.compared(What.DAY),
                report.compared(What.HOUR));
        report.counts().forEach((count, number) -> out.printf("noted      %d %s%n", number, count.text));
        var differences = report.differences();
        out.println("result     "
                + (differences.isEmpty()
                        ? "no differences: the ledger is what its sources say"
                        : differences.size() + (differences.size() == 1 ? " difference" : " differences")));
    }

    private static String total(AuditReport report) {
        long energy = 0;
        long emissions = 0;
        for (var row : report.explained()) {
            energy = Math.addExact(energy, row.derived().getEnergyMillijoules());
            emissions = Math.addExact(emissions, row.derived().getEmissionsMicrograms());
        }
        return "total of these rows (%d): %d mJ (%s), %d µg CO2eq (%s)"
                .formatted(
                        report.explained().size(),
                        energy,
                        Readable.energy(new Energy(energy)),
                        emissions,
                        Readable.emissions(new Emissions(emissions)));
    }

    private void printDifferences(List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        differences.stream().limit(MOST_DIFFERENCES).forEach(difference -> addRows(difference, rows));
        var widths = new int[HEADER.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        rows.forEach(row -> out.println(line(row, widths)));
        if (differences.size() > MOST_DIFFERENCES) {
            out.println("and " + (differences.size() - MOST_DIFFERENCES) + " more; --json prints all");
        }
    }

    private static void addRows(Difference difference, List<List<String>> rows) {
        var gaps = difference.gaps();
        for (int i = 0; i < Math.min(gaps.size(), MOST_GAPS); i++) {
            var gap = gaps.get(i);
            boolean first = i == 0;
            var more = i == MOST_GAPS - 1 && gaps.size() > MOST_GAPS
                    ? " (and " + (gaps.size() - MOST_GAPS) + " more figures)"
                    : "";
            rows.add(List.of(
                    first ? difference.what().text : "",
                    first ? difference.which() : "",
                    gap.figure() + more,
                    String.valueOf(gap.ledger() == null ? "–" : gap.ledger()),
                    String.valueOf(gap.derived() == null ? "–" : gap.derived()),
                    excess(gap),
                    first ? difference.cause() : ""));
        }
    }

    private static String excess(Gap gap) {
        var excess = gap.excess();
        return excess == null ? "" : "%+d".formatted(excess);
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
