package io.wattledger.cli.run;

import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.Ulid;
import io.wattledger.cli.ledger.Zoning;
import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.collector.control.FunctionalUnits;
import io.wattledger.collector.control.MeasuredRun;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.survey.SensorSurvey;
import io.wattledger.grid.location.HostZone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wattledger run}. */
@Command(
        name = "run",
        description = {
            "Measure the energy and the CO2eq of a command.",
            "The command starts at once, with our standard streams; signals and its exit code pass through."
                    + " The summary goes to standard error."
        },
        footer = {
            "",
            "Example:",
            "  wattledger run --project demo --zone FR -- make -j4",
            "  wattledger run --unit image -- sh -c './resize *.png && ls *.png | wc -l > \"$WATTLEDGER_UNITS_FILE\"'",
            "",
            "Exit code: that of the command; 1 when the command cannot be started or its figures cannot be had;"
                    + " 2 for wrong usage."
        })
public final class RunCommand implements Callable<Integer> {
    private static final Duration COLLECTOR_PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "Project the run is accounted to. Default: ${DEFAULT-VALUE}.")
    private String project = "default";

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the run.")
    private @Nullable String name;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "Electricity-grid zone: a country (FR, FRA, France), a state or bidding zone (US-CA, SE-SE3) or a"
                            + " cloud region (gcp:europe-west1). Also: WATTLEDGER_ZONE.")
    private @Nullable String zone;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label of the run; may be given again.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "Longest time between two samples. Default: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ofSeconds(1);

    @Option(names = "--output", paramLabel = "FILE", description = "Append the run as a row to this CSV file.")
    private @Nullable Path output;

    @Option(
            names = "--json",
            description =
                    "Print the figures as one JSON object on standard output; the command's own output then goes to"
                            + " standard error.")
    private boolean json;

    @Option(
            names = "--resident-collector",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Leave it to others to keep a collector up in the data directory, and start none."
                    + " Also: WATTLEDGER_RESIDENT_COLLECTOR.")
    private boolean residentCollector;

    @Mixin
    private UnitOptions units;

    @Mixin
    private LedgerOptions ledger;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments, after `--`.")
    private List<String> command = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkOptions();
        units.check(spec.commandLine());
        var program = new io.wattledger.cli.run.Command(command, json);
        program.check();
        var hostZone = Zoning.find(zone, spec.commandLine());
        var directory = ledger.dataDirectory();
        var cluster = ledger.cluster();
        var run = new RunStart(
                Ulid.next(Instant.now()),
                project,
                name,
                labels,
                System.getProperty("user.name"),
                System.getenv(RunStart.RUN_ID_VARIABLE),
                hostZone.isKnown() ? hostZone.zone() : null,
                interval.toMillis());
        var work = units.work();
        var began = Instant.now();
        var collector =
                residentCollector ? null : CollectorProcess.launcher(directory, cluster, interval, hostZone.cloud());
        var signals = Signals.take();
        try (var measured = MeasuredRun.begin(run, directory.collector(), collector, SensorSurvey.quickSnapshots())) {
            var process = start(program, run.run(), work.variables(), signals);
            measured.childStarted(process.pid());
            var stack = CompletableFuture.supplyAsync(() -> ledger.startStack(directory));
            int exitCode = await(process, directory);
            signals.stop();
            var outcome = RunOutcome.follow(run.run(), began, ledger, stack, spec.commandLine(), directory);
            end(measured, exitCode, work.done(spec.commandLine().getErr()));
            boolean shown = show(outcome, hostZone);
            return exitCode == 0 && !shown ? 1 : exitCode;
        }
    }

    private void checkOptions() {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--interval " + interval.toMillis() + "ms is too short; the shortest is "
                            + SHORTEST_INTERVAL.toMillis() + "ms");
        }
        if (project.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--project is empty; give it a name or leave it out");
        }
    }

    private static Process start(
            io.wattledger.cli.run.Command program, String run, Map<String, String> variables, Signals signals) {
        signals.hold();
        try {
            var process = program.start(run, variables);
            signals.passTo(process.pid());
            return process;
        } catch (IOException e) {
            signals.stop();
            throw new Failure("Cannot start the command (" + e.getMessage() + ")", e);
        }
    }

    /** Waits for the command, and keeps a stack up that would stop when nobody uses it. */
    private static int await(Process process, DataDirectory directory) throws InterruptedException {
        while (!process.waitFor(1, TimeUnit.MINUTES)) {
            directory.touchLastUse();
        }
        return process.exitValue();
    }

    private static void end(MeasuredRun measured, int exitCode, @Nullable FunctionalUnits done) {
        try {
            measured.end(exitCode, done, COLLECTOR_PATIENCE);
        } catch (IOException e) {
            throw new Failure(
                    "The end of the run could not be recorded (" + e.getMessage()
                            + "); what was measured until its last sample is kept",
                    e);
        }
    }

    /** Shows what the ledger says of the run; false when it could not be had. */
    private boolean show(RunOutcome outcome, HostZone hostZone) {
        try {
            outcome.write(outcome.await(), hostZone, json, output);
            return true;
        } catch (Failure e) {
            outcome.explain(e);
            return false;
        }
    }
}
