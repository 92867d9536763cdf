package io.wattledger.cli.chaos;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What faults have shown, for a terminal. */
final class ChaosText {
    private static final int MOST_DIFFERENCES = 10;

    private final PrintWriter out;

    ChaosText(PrintWriter out) {
        this.out = out;
    }

    void print(ChaosReport report) {
        out.printf(
                Locale.ROOT,
                "%d kills in %.0f s of faults, seed %d; right %.1f s after the last fault%n%n",
                report.allKills(),
                report.faultSeconds(),
                report.seed(),
                report.settleSeconds());
        printRoles(report);
        report.faults().forEach((fault, count) -> out.printf("  %4d × %s%n", count, fault));
        report.skipped().forEach(text -> out.println("  " + text));
        out.println();
        printHosts(report);
        out.printf(
                "runs       %d begun, %d finished in the ledger, %d rows in the file of Connect%n",
                report.runs().begun(), report.runs().finished(), report.runs().rows());
        out.printf("doubled    %d samples dropped by streams since its last start%n", report.doubledDropped());
        for (var check : report.checks()) {
            print(check);
        }
        out.printf("audit      %d differences%n", report.auditDifferences());
        out.println(
                "result     " + (report.isExact() ? "exact: 0 mJ lost, 0 mJ doubled, every gap shown" : "NOT exact"));
    }

    private void printRoles(ChaosReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("PROCESS", "KILLED", "ENDED BY ITSELF", "LONGEST AWAY"));
        report.kills()
                .forEach((role, kills) -> rows.add(List.of(
                        role,
                        kills.toString(),
                        String.valueOf(report.ownEnds().get(role)),
                        String.format(
                                Locale.ROOT,
                                "%.1f s",
                                report.longestAwaySeconds().get(role)))));
        print(rows);
    }

    private void printHosts(ChaosReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                "HOST",
                "SAMPLES ON DISK",
                "ACCOUNTED",
                "LOST WITH DISK",
                "SENT AGAIN",
                "EXPECTED mJ",
                "LEDGER mJ",
                "MISSING mJ",
                "MISSING ms",
                "DIFFERENCE mJ"));
        for (var host : report.hosts()) {
            rows.add(List.of(
                    host.host(),
                    String.valueOf(host.samplesOnDisk()),
                    String.valueOf(host.samplesAccounted()),
                    String.valueOf(host.samplesLost()),
                    String.valueOf(host.samplesDoubled()),
                    String.valueOf(host.expectedMillijoules()),
                    String.valueOf(host.ledgerMillijoules()),
                    String.valueOf(host.missingMillijoules()),
                    String.valueOf(host.missingMillis()),
                    String.valueOf(host.differenceMillijoules())));
        }
        print(rows);
    }

    private void print(Check check) {
        var differences = check.getDifferences();
        out.printf(
                "%-10s %s (%d compared, %d differ)%n",
                differences.isEmpty() ? "right" : "WRONG", check.getName(), check.getCompared(), differences.size());
        differences.stream().limit(MOST_DIFFERENCES).forEach(difference -> out.println("             " + difference));
        if (differences.size() > MOST_DIFFERENCES) {
            out.println("             and " + (differences.size() - MOST_DIFFERENCES) + " more; --json prints all");
        }
    }

    private void print(List<List<String>> rows) {
        var widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                var space = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + space : "  " + space + row.get(i));
            }
            out.println(line);
        }
        out.println();
    }
}
