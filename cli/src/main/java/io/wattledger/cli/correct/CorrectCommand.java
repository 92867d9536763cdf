package io.wattledger.cli.correct;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.LedgerProgress;
import io.wattledger.cli.ledger.SettingsOption;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Instants;
import io.wattledger.cli.terminal.PueOption;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zones;
import io.wattledger.schemas.record.HostCorrection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger correct}. */
@Command(
        name = "correct",
        description = {
            "Put the zone, the PUE or the supply contract of a host's past period right.",
            "The ledger restates the rows of the period, each with a new revision that says who and why."
        },
        footer = {
            "",
            "Example:",
            "  wattledger correct --host web-1 --from 2026-03-01 --to 2026-03-02T12:00Z --zone FR --why 'moved to Paris'"
        })
public final class CorrectCommand implements Callable<Integer> {
    @Option(names = "--host", required = true, paramLabel = "HOST", description = "The host.")
    private String host = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            converter = Instants.class,
            description = "Start of the period: a date (midnight UTC) or 2026-03-01T14:00Z. A border of slots.")
    private Instant from = Instant.MIN;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            converter = Instants.class,
            description = "End of the period, not included.")
    private Instant to = Instant.MAX;

    @Option(names = "--zone", paramLabel = "ZONE", description = "The right electricity-grid zone, for example FR.")
    private @Nullable String zone;

    @Option(
            names = "--pue",
            paramLabel = "X",
            converter = PueOption.class,
            description = "The right power usage effectiveness, 1 to 10 with at most 3 decimals.")
    private @Nullable Pue pue;

    @Option(names = "--contract", paramLabel = "NAME", description = "The right supply contract.")
    private @Nullable String contract;

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why; kept with each revision.")
    private String why = "";

    @Option(
            names = "--who",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who; kept with each revision. Default: the name of this account.")
    private String who = "";

    @Option(names = "--no-wait", description = "Publish the correction and do not wait for the ledger to restate.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1m",
            description = "Wait so long for the ledger to restate. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofMinutes(1);

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private LedgerOptions ledger;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var correction = correction();
        var err = spec.commandLine().getErr();
        var stack = ledger.startStack(ledger.dataDirectory());
        var place = ledger.await(stack, new Waiting(err, "Waiting for the embedded stack"));
        try (var reader = TopicReader.of(place)) {
            var rows = new HostRows(reader, host, new Period(from, to)).readOn();
            requireCorrectable(rows);
            var outcome = new Outcome(correction, rows.rows());
            var end = new Corrections(place).publish(correction);
            if (!noWait) {
                try (var progress = new LedgerProgress(place, settings.applicationId(), reader)) {
                    var restatement = new Restatement(progress, rows, settings.settling(place), timeout);
                    outcome.restated(restatement.await(correction, end, new Waiting(err, "Waiting for the ledger")));
                }
            }
            return tell(outcome, place);
        }
    }

    private HostCorrection correction() {
        if (!from.isBefore(to)) {
            throw wrong("--from " + from + " is not before --to " + to);
        }
        if (zone == null && pue == null && contract == null) {
            throw wrong("Nothing to put right; give --zone, --pue or --contract");
        }
        if (host.startsWith("replay/")) {
            throw wrong(host + " is a replay; replay it again with the right --zone and --pue");
        }
        if (host.isBlank() || why.isBlank() || who.isBlank()) {
            throw wrong("--host, --why and --who must not be empty");
        }
        return HostCorrection.newBuilder()
                .setHost(host)
                .setFrom(from)
                .setTo(to)
                .setZone(zoneId())
                .setPueThousandths(pue == null ? null : pue.thousandths())
                .setContract(contract)
                .setWho(who)
                .setWhy(why)
                .setMade(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private @Nullable String zoneId() {
        try {
            return zone == null ? null : Zones.builtIn().resolve(zone).id();
        } catch (UnknownZoneException e) {
            throw wrong("--zone: " + e.getMessage());
        }
    }

    private void requireCorrectable(HostRows rows) {
        var slotLength = rows.slotLengthMillis()
                .orElseThrow(() -> new Failure("The ledger has no row of host " + host
                        + "; `wattledger report` lists the runs it has, and their hosts are in its JSON"));
        var period = new Period(from, to);
        try {
            period.requireBorders(new SlotLength(slotLength));
            period.requireWithin(settings.horizon(), Instant.now());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        rows.sealed().ifPresent(slot -> {
            throw new Failure("The slot of " + slot + " is sealed: it is past the restatement horizon, and its rows"
                    + " cannot be put right any more. Begin later");
        });
    }

    private int tell(Outcome outcome, Ledger place) {
        var out = spec.commandLine().getOut();
        out.println(json ? outcome.json() : outcome.text());
        out.flush();
        if (outcome.isPending() && !noWait) {
            throw new Failure("The correction is published, but the ledger at " + place.bootstrapServers()
                    + " has not restated all rows within " + timeout.toSeconds()
                    + " s; it will when the streams application runs. `wattledger status` says whether it does");
        }
        return 0;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
