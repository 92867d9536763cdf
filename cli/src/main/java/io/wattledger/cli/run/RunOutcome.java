package io.wattledger.cli.run;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.RunTotals;
import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.collector.control.CollectorClient;
import io.wattledger.grid.location.HostZone;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.csv.CsvFile;
import io.wattledger.sinks.csv.RunCsv;
import io.wattledger.streams.report.RunJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the ledger says of a run that has ended, and what the user gets to see of it. */
final class RunOutcome {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEFORE = Duration.ofMinutes(1);
    private static final Duration COLLECTOR_ANSWER = Duration.ofSeconds(2);

    private final String run;
    private final Instant began;
    private final PrintWriter out;
    private final PrintWriter err;
    private final DataDirectory directory;
    private @Nullable Ledger ledger;

    RunOutcome(String run, Instant began, CommandLine terminal, DataDirectory directory) {
        this.run = run;
        this.began = began;
        this.out = terminal.getOut();
        this.err = terminal.getErr();
        this.directory = directory;
    }

    /**
     * Waits until the run is finished in the ledger.
     *
     * @throws Failure when the ledger cannot be reached, or takes too long
     */
    RunEmissions await(LedgerOptions options) {
        // Also a stack that has ended since is started again.
        ledger = options.await(options.startStack(directory), new Waiting(err, "Waiting for the embedded stack"));
        var waiting = new Waiting(err, "Waiting for the ledger to account the run");
        try (var totals = RunTotals.of(ledger)) {
            var total = totals.await(
                    run,
                    began.minus(BEFORE),
                    found -> found.getStatus() == RunStatus.FINISHED,
                    PATIENCE,
                    waiting::goesOn);
            if (total == null) {
                throw new Failure(
                        "The ledger has not accounted the run within " + PATIENCE.toSeconds() + " s" + trouble());
            }
            return total;
        }
    }

    private String trouble() {
        var connected = CollectorClient.connect(directory.collector());
        if (connected.isEmpty()) {
            return "";
        }
        try (var collector = connected.get()) {
            var trouble = collector.status(COLLECTOR_ANSWER).trouble();
            return trouble == null ? "" : " (the collector says: " + trouble + ")";
        } catch (IOException e) {
            return "";
        }
    }

    /** Shows the figures, and appends them to the CSV file where one was asked for. */
    void write(RunEmissions total, HostZone zone, boolean json, @Nullable Path output) {
        if (json) {
            out.println(RunJson.text(RunJson.of(total)));
            out.flush();
        }
        if (output != null) {
            append(total, output);
        }
        if (!json) {
            var csv = output != null ? output.toString() : csvOfStack();
            var page = ledger == null || ledger.apiUrl() == null ? null : ledger.apiUrl() + "/runs/" + run;
            RunSummary.print(err, total, zone, page, csv);
        }
    }

    private @Nullable String csvOfStack() {
        return ledger == null || ledger.apiUrl() == null
                ? null
                : directory.csv().toString();
    }

    private static void append(RunEmissions total, Path output) {
        try {
            new CsvFile(output, RunCsv.header()).append(List.of(RunCsv.row(total)));
        } catch (IOException e) {
            throw new Failure(
                    "Cannot append the run to " + output + " (" + e.getMessage()
                            + "); choose another file with --output",
                    e);
        }
    }

    /** Says why there are no figures, and that nothing is lost. */
    void explain(Failure failure) {
        err.println("wattledger: " + failure.getMessage());
        err.println("wattledger: Run " + run + " is measured and kept in " + directory.collector()
                + "; it enters the ledger as soon as that is reachable, see: wattledger report --run " + run);
        err.flush();
    }
}
