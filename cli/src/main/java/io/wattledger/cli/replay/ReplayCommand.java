package io.wattledger.cli.replay;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.PueOption;
import io.wattledger.cli.terminal.TimeZones;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.RunJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger replay}. */
@Command(
        name = "replay",
        description = {
            "Account recorded power.",
            "The recording goes through the same ledger as everything else, in a namespace of its own: it never touches the"
                    + " intensities, rows and totals of the fleet. The same recording is accounted once, however often it"
                    + " is replayed."
        },
        footer = {
            "",
            "Example:",
            "  wattledger replay --power power.csv.gz --zone FR --intensity FR.csv --pue 1.2 --json"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final String DEFAULT_PROJECT = "default";
    /** So many slots are told before we look whether the ledger keeps up. */
    private static final int SLOTS_AT_ONCE = 500;

    @Option(
            names = "--power",
            required = true,
            paramLabel = "FILE",
            description =
                    "Recorded power, also compressed with gzip: a CSV file with the columns epoch_ms,watts[,device],"
                            + " CodeCarbon's emissions.csv, or what nvidia-smi --query-gpu=timestamp,power.draw --format=csv has"
                            + " printed.")
    private Path power = Path.of("");

    @Option(
            names = "--intensity",
            paramLabel = "FILE",
            description =
                    "Carbon intensities to account it with, also compressed with gzip: a CSV file with the columns"
                            + " epoch_ms,gco2_per_kwh. Without it, or where it has none, those of the ledger itself.")
    private @Nullable Path intensity;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "Electricity-grid zone of the recorded machines, such as FR or US-CA. Only CodeCarbon's files name"
                            + " one themselves.")
    private @Nullable String zone;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "Identifier of the run; must be new. By default it follows from the content.")
    private @Nullable String run;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "Project the run is accounted to. By default " + DEFAULT_PROJECT
                    + ", or what a CodeCarbon file names.")
    private @Nullable String project;

    @Option(
            names = "--pue",
            paramLabel = "X",
            converter = PueOption.class,
            description = "Power usage effectiveness of the site, 1 to 10 with up to three decimals. Default: 1.")
    private Pue pue = Pue.ONE;

    @Option(
            names = "--slot",
            paramLabel = "TIME",
            description = "The accounting interval: 5m, 15m, 30m or 1h. By default the longest inside which no supplied"
                    + " intensity changes; 15m without intensities.")
    private @Nullable Duration slot;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "Only this device of the recording; may be given again. By default all are added up.")
    private Set<String> devices = new LinkedHashSet<>();

    @Option(
            names = "--max-gap",
            paramLabel = "TIME",
            description =
                    "A value holds no longer than this; if the next one of its device comes later, the time between is"
                            + " a gap. By default a value holds until the next one.")
    private @Nullable Duration longestHold;

    @Option(
            names = "--on-error",
            paramLabel = "fail|skip",
            description = "What to do when rows cannot be used: import nothing, or leave these rows out and say which."
                    + " Default: ${DEFAULT-VALUE}.")
    private Rows.OnError onError = Rows.OnError.fail;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            converter = TimeZones.class,
            description = "Where the local stamps of nvidia-smi and CodeCarbon were taken, such as Europe/Berlin."
                    + " Default: ${DEFAULT-VALUE}.")
    private ZoneId timeZone = ZoneId.of("UTC");

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the rows of the ledger, one per slot, to this CSV file.")
    private @Nullable Path output;

    @Option(names = "--json", description = "Print the figures as one JSON object.")
    private boolean json;

    @Mixin
    private LedgerOptions ledger;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkOptions();
        var replay = read();
        var directory = ledger.dataDirectory();
        var stack = ledger.startStack(directory);
        var err = spec.commandLine().getErr();
        var place = ledger.await(stack, new Waiting(err, "Waiting for the embedded stack"));
        var waiting = new Waiting(err, "Waiting for the ledger to account the recording");
        try (var progress = new ReplayProgress(replay, place, waiting)) {
            var total = progress.complete();
            if (total == null) {
                total = send(replay, place, progress);
            }
            if (output != null) {
                LedgerRows.write(LedgerRows.read(place, replay.host(), total, waiting), output);
            }
            show(new ReplayReport(replay, total, progress.onSupplied(total)), place, total);
        }
        return 0;
    }

    private void checkOptions() {
        if (slot != null) {
            slot(slot);
        }
        if (longestHold != null && longestHold.isZero()) {
            throw wrong("--max-gap is 0: no value would hold for any time");
        }
        if (project != null && project.isBlank()) {
            throw wrong("--project is empty; give it a name or leave it out");
        }
        if (run != null && (run.isBlank() || run.startsWith("_"))) {
            throw wrong("--run '" + run
                    + "': an identifier is not empty and does not begin with _, as the ledger's own do");
        }
        if (output != null) {
            var folder = output.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(output)) {
                throw wrong("--output " + output + " is not a file in a folder that is there");
            }
        }
    }

    private SlotLength slot(Duration length) {
        try {
            return new SlotLength(length.toMillis());
        } catch (IllegalArgumentException e) {
            throw wrong("--slot " + length.toMinutes() + "m: a slot is 5m, 15m, 30m or 1h long");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Reads and checks everything; nothing has been sent when this fails. */
    private Replay read() {
        var recorded =
                new PowerFile(onError, timeZone, Instant.now()).read(power).select(devices);
        if (longestHold != null) {
            recorded = recorded.withoutHoldsLongerThan(longestHold);
        }
        var intensities = intensity == null ? null : IntensityFile.read(intensity, onError);
        var wished = slot == null ? null : slot(slot);
        var slots =
                intensities != null ? intensities.slot(wished) : Objects.requireNonNullElse(wished, SlotLength.DEFAULT);
        var claims = recorded.claims();
        if (claims.pueApplied() && !pue.equals(Pue.ONE)) {
            throw new Failure("Nothing was imported: the energies of " + power
                    + " already include the PUE in its column pue; leave --pue out");
        }
        tellSkipped(recorded.problems());
        tellSkipped(intensities == null ? null : intensities.problems());
        var terms = new Replay.Terms(
                ReplayZone.of(zone, claims.countries(), spec.commandLine()),
                pue,
                Objects.requireNonNullElse(project, Objects.requireNonNullElse(claims.project(), DEFAULT_PROJECT)),
                run);
        return new Replay(recorded, intensities, terms, slots);
    }

    private void tellSkipped(@Nullable String problems) {
        if (problems != null) {
            var err = spec.commandLine().getErr();
            err.println("Left out: " + problems);
            err.flush();
        }
    }

    private RunEmissions send(Replay replay, Ledger place, ReplayProgress progress) {
        var records = new ReplayRecords(replay, String.valueOf(power.getFileName()));
        try (var sender = new ReplaySender(place)) {
            var supply = records.supply(Instant.now());
            supply.tell(SLOTS_AT_ONCE, sender::send);
            sender.send(records.started());
            sender.flush();
            // Intensities are copied on their way: what is a step ahead need not be put right afterwards.
            progress.awaitBegun();
            var waitedFor = new long[1];
            records.samples(SLOTS_AT_ONCE, batch -> {
                supply.tell(batch.slots() + SLOTS_AT_ONCE, sender::send);
                sender.send(batch.samples());
                if (batch.slots() - waitedFor[0] >= SLOTS_AT_ONCE) {
                    waitedFor[0] = batch.slots();
                    sender.flush();
                    progress.awaitEnergy(batch.millijoules());
                }
            });
            sender.send(records.finished());
            sender.flush();
        }
        return progress.awaitComplete();
    }

    private void show(ReplayReport report, Ledger place, RunEmissions total) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(RunJson.text(report.json()));
            out.flush();
            return;
        }
        var page = place.apiUrl() == null ? null : place.apiUrl() + "/runs/" + total.getRun();
        report.print(out, page, output == null ? null : output.toString());
    }
}
