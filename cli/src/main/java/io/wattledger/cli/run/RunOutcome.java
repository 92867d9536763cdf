package io.wattledger.cli.run;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.RunTotals;
import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.stack.StackLauncher;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Waiting;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the ledger says of a run that has ended, and what the user gets to see of it. */
final class RunOutcome {
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private final String run;
    private final Instant began;
    private final PrintWriter out;
    private final PrintWriter err;
    private final DataDirectory directory;
    private final CompletableFuture<Connection> connection;

    /** The ledger and a reader of its totals. */
    private record Connection(Ledger ledger, RunTotals totals) {}

    private RunOutcome(
            String run,
            Instant began,
            LedgerOptions options,
            CompletableFuture<Optional<StackLauncher>> stack,
            CommandLine terminal,
            DataDirectory directory) {
        this.run = run;
        this.began = began;
        this.out = terminal.getOut();
        this.err = terminal.getErr();
        this.directory = directory;
        this.connection = CompletableFuture.supplyAsync(() -> connect(options, stack));
    }

    /**
     * Begins to connect to the ledger in the background, while the collector writes down the end of the run.
     *
     * @param stack the embedded stack as it was started when the run began
     */
    static RunOutcome follow(
            String run,
            Instant began,
            LedgerOptions options,
            CompletableFuture<Optional<StackLauncher>> stack,
            CommandLine terminal,
            DataDirectory directory) {
        return new RunOutcome(run, began, options, stack, terminal, directory);
    }

    private Connection connect(LedgerOptions options, CompletableFuture<Optional<StackLauncher>> stack) {
        var waiting = new Waiting(err, "Waiting for the embedded stack");
        Ledger ledger;
        try {
            ledger = options.await(stack.join(), waiting);
        } catch (Failure | CompletionException e) {
            // It has ended since, or never came up: the second try tells which.
            ledger = options.await(options.startStack(directory), waiting);
        }
        return new Connection(ledger, RunTotals.of(ledger));
    }

    private Connection connected() {
        try {
            return connection.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : e;
        }
    }

    /**
     * Waits until the run is finished in the ledger.
     *
     * @throws Failure when the ledger cannot be reached, or takes too long
     */
    RunEmissions await() {
        var patience = new LedgerPatience(directory, new Waiting(err, "Waiting for the ledger to account the run"));
        try (var totals = connected().totals()) {
            var total = totals.await(
                    run, began.minus(BEFORE), found -> found.getStatus() == RunStatus.FINISHED, patience::lasts);
            if (total == null) {
                throw new Failure("The ledger has not accounted the run" + patience.reason());
            }
            return total;
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
            var api = connected().ledger().apiUrl();
            var csv = output != null
                    ? output.toString()
                    : api == null ? null : directory.csv().toString();
            RunSummary.print(err, total, zone, api == null ? null : api + "/runs/" + run, csv);
        }
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
