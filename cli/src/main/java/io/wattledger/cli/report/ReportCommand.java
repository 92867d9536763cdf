package io.wattledger.cli.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.RunTotals;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.csv.CsvLine;
import io.wattledger.sinks.csv.RunCsv;
import io.wattledger.streams.report.RunJson;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattledger report}. */
@Command(
        name = "report",
        description = "List the runs of the ledger, the newest first.",
        footer = {"", "Example:", "  wattledger report --project demo --format csv > runs.csv"})
public final class ReportCommand implements Callable<Integer> {
    /** What a report is written as. */
    enum Format {
        table,
        csv,
        json
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.table;

    @Option(names = "--project", paramLabel = "NAME", description = "Only runs of this project.")
    private @Nullable String project;

    @Option(names = "--run", paramLabel = "ID", description = "Only this run.")
    private @Nullable String run;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many runs.")
    private int limit = Integer.MAX_VALUE;

    @Mixin
    private LedgerOptions ledger;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var runs = wanted(read());
        if (run != null && runs.isEmpty()) {
            throw new Failure("The ledger has no run " + run + "; `wattledger report` lists those it has");
        }
        var out = spec.commandLine().getOut();
        switch (format) {
            case table -> RunTable.print(runs, out);
            case csv -> printCsv(runs, out);
            case json -> printJson(runs, out);
        }
        out.flush();
        return 0;
    }

    private List<RunEmissions> read() {
        var stack = ledger.startStack(ledger.dataDirectory());
        var place = ledger.await(stack, new Waiting(spec.commandLine().getErr(), "Waiting for the embedded stack"));
        try (var totals = RunTotals.of(place)) {
            return List.copyOf(totals.all());
        }
    }

    private List<RunEmissions> wanted(List<RunEmissions> runs) {
        return runs.stream()
                .filter(found -> project == null || project.equals(found.getProject()))
                .filter(found -> run == null || run.equals(found.getRun()))
                .sorted(Comparator.comparing(RunEmissions::getRun).reversed())
                .limit(limit)
                .toList();
    }

    private static void printCsv(List<RunEmissions> runs, PrintWriter out) {
        out.print(CsvLine.of(RunCsv.header()));
        runs.forEach(run -> out.print(CsvLine.of(RunCsv.row(run))));
    }

    private static void printJson(List<RunEmissions> runs, PrintWriter out) {
        var array = JsonNodeFactory.instance.arrayNode();
        runs.forEach(run -> array.add(RunJson.of(run)));
        out.println(RunJson.text(array));
    }
}
