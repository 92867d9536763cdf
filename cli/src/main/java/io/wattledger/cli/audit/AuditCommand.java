package io.wattledger.cli.audit;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.LedgerProgress;
import io.wattledger.cli.ledger.SettingsOption;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.cli.ledger.Zoning;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Instants;
import io.wattledger.cli.terminal.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger audit}. */
@Command(
        name = "audit",
        description = {
            "Derive the ledger a second time, from the raw samples and intensities in the topics, and compare.",
            "Prints the differences (expected: none), or how one number comes about. Exit code 1 when there are any."
        },
        footer = {
            "",
            "Examples:",
            "  wattledger audit",
            "  wattledger audit --explain 01M82B56Y725VS82DMZVMFDT3K",
            "  wattledger audit --explain web-1/2026-03-01T14:00Z"
        })
public final class AuditCommand implements Callable<Integer> {
    private static final Duration LONGEST_SAMPLE = Duration.ofDays(31);

    @Option(names = "--host", paramLabel = "HOST", description = "Only this host.")
    private @Nullable String host;

    @Option(names = "--run", paramLabel = "ID", description = "Only this run.")
    private @Nullable String run;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Only rows in this electricity-grid zone.")
    private @Nullable String zone;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "Only slots that start then or later: a date (midnight UTC) or 2026-03-01T14:00Z.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "Only slots that start before.")
    private @Nullable Instant to;

    @Option(
            names = "--explain",
            paramLabel = "RUN|HOST/SLOT",
            description = "Show how the numbers of a run, or of all runs of a host in a slot, come about.")
    private @Nullable String explain;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1m",
            description = "Wait so long for the streams application to have accounted what is there."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofMinutes(1);

    @Option(names = "--json", description = "Print everything as JSON.")
    private boolean json;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private LedgerOptions ledger;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var target = explain == null ? null : Target.of(explain, spec.commandLine());
        var scope = target == null ? scope() : target.scope();
        var auditSettings = auditSettings();
        var err = spec.commandLine().getErr();
        var stack = ledger.startStack(ledger.dataDirectory());
        var place = ledger.await(stack, new Waiting(err, "Waiting for the embedded stack"));
        try (var reader = TopicReader.of(place);
                var progress = new LedgerProgress(place, settings.applicationId(), reader)) {
            var report = look(reader, progress, place, auditSettings, scope, target);
            if (!report.differences().isEmpty()) {
                // What was still on its way the first time has come through by now.
                report = look(reader, progress, place, auditSettings, scope, target);
            }
            return tell(report);
        }
    }

    private AuditReport look(
            TopicReader reader,
            LedgerProgress progress,
            Ledger place,
            AuditSettings auditSettings,
            Scope scope,
            @Nullable Target target) {
        var stretch = Stretch.note(reader, () -> settle(progress, place));
        var trace = target == null ? null : new Trace(target::includes);
        return new Audit(reader, auditSettings, scope, trace, stretch).run();
    }

    private Scope scope() {
        if (from != null && to != null && !from.isBefore(to)) {
            throw wrong("--from " + from + " is not before --to " + to);
        }
        return new Scope(host, run, zone == null ? null : Zoning.filter(zone), from, to);
    }

    private AuditSettings auditSettings() {
        return new AuditSettings(
                settings.slots(),
                settings.series(),
                settings.seriesMethod(),
                new Plausibility(
                        settings.devicePowerLimit(),
                        settings.earliestSample(),
                        settings.futureLimit(),
                        LONGEST_SAMPLE,
                        settings.intensityLimit().microgramsPerKwh()));
    }

    private void settle(LedgerProgress progress, Ledger place) {
        if (!progress.awaitSettled(settings.settling(place), timeout)) {
            throw new Failure("The streams application " + settings.applicationId() + " at " + place.bootstrapServers()
                    + " has not accounted within " + timeout.toSeconds()
                    + " s what was there when the audit began; see that it runs, or give it more time with --timeout");
        }
    }

    private int tell(AuditReport report) {
        if (explain != null && report.explained().isEmpty()) {
            throw new Failure("The ledger has nothing of " + explain + "; `wattledger report` lists the runs it has");
        }
        if (report.isEmpty() && !scope().equals(Scope.ALL)) {
            throw new Failure("Nothing was compared: the ledger has nothing of this host, run, zone and period;"
                    + " `wattledger report --json` lists the runs it has, with host and zone");
        }
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(AuditJson.of(report));
        } else {
            new AuditText(out).print(report);
        }
        out.flush();
        return report.differences().isEmpty() ? 0 : 1;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
