package io.wattledger.cli.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerApiClient;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.Zoning;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Instants;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.csv.CsvLine;
import io.wattledger.sinks.csv.RunCsv;
import io.wattledger.streams.api.Format;
import io.wattledger.streams.report.RunDetails;
import io.wattledger.streams.report.RunJson;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wattledger report}. */
@Command(
        name = "report",
        description = {
            "Show a run, list the runs of the ledger, or days, or the hours of a host.",
            "A report says up to when it knows; --as-of with that stamp gives the same figures again."
        },
        footer = {
            "",
            "Examples:",
            "  wattledger report --project demo --format csv > runs.csv",
            "  wattledger report 01M82B56Y725VS82DMZVMFDT3K --as-of 2026-03-01T10:00:15.123Z",
            "  wattledger report --explain 01M82B56Y725VS82DMZVMFDT3K",
            "  wattledger report --by day --from 2026-03-01 --to 2026-03-31"
        })
public final class ReportCommand implements Callable<Integer> {
    /** What a report is written as. */
    enum Output {
        table,
        csv,
        json
    }

    /** What a report has a line for. */
    enum By {
        run,
        day,
        host
    }

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Only this run, in detail.")
    private @Nullable String run;

    @Option(names = "--run", paramLabel = "RUN", description = "The same as RUN.")
    private @Nullable String runOption;

    @Option(
            names = "--as-of",
            paramLabel = "STAMP",
            converter = Stamps.class,
            description = "What was known then: a time such as 2026-03-01T10:00:15.123Z, or milliseconds since 1970.")
    private @Nullable Instant asOf;

    @Option(
            names = "--explain",
            description =
                    "Show why RUN has changed since it ended, or since --as-of: when, which slot, from what to what.")
    private boolean explain;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "A line for each ${COMPLETION-CANDIDATES}: runs, days by project and zone, or the hours of"
                    + " --host. Default: ${DEFAULT-VALUE}.")
    private By by = By.run;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "With --by day the first day, with --by host the first hour.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "With --by day the last day, with --by host the end.")
    private @Nullable Instant to;

    @Option(names = "--host", paramLabel = "HOST", description = "With --by host: which.")
    private @Nullable String host;

    @Option(names = "--project", paramLabel = "NAME", description = "Only this project.")
    private @Nullable String project;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Only this electricity-grid zone.")
    private @Nullable String zone;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many runs.")
    private int limit = Integer.MAX_VALUE;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Output format = Output.table;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "REST interface of the ledger; by default that of the embedded stack.")
    private @Nullable String apiUrl;

    @Mixin
    private LedgerOptions ledger;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (run == null) {
            run = runOption;
        }
        if (json) {
            format = Output.json;
        }
        if (zone != null) {
            zone = Zoning.filter(zone);
        }
        checkUsage();
        var out = spec.commandLine().getOut();
        switch (by) {
            case run -> reportRuns(out);
            case day -> out.print(askForDays());
            case host -> out.print(askForHours());
        }
        out.flush();
        return 0;
    }

    private void checkUsage() {
        require(!explain || run != null, "--explain needs a RUN to explain");
        require(!explain || format != Output.csv, "--explain is written as a table or as JSON, not as CSV");
        require(by == By.run || run == null, "--by " + by + " is not about one run; leave RUN away");
        require(by == By.run || format != Output.csv, "--by " + by + " is written as a table or as JSON, not as CSV");
        require(limit > 0, "--limit " + limit + " is not above 0");
        require(by != By.run || from == null && to == null, "--from and --to belong to --by day and --by host");
        require(by != By.host || host != null, "--by host needs --host HOST");
        require(by == By.host || host == null, "--host belongs to --by host");
        require(by != By.host || asOf == null, "--as-of is for runs and days; hours are shown as they are known now");
    }

    private void require(boolean usage, String otherwise) {
        if (!usage) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void reportRuns(PrintWriter out) {
        var place = place();
        var reports = new RunReports(api(place), place);
        if (explain) {
            out.print(reports.explain(String.valueOf(run), asOf, written()));
        } else if (run != null) {
            printOne(reports.one(run, asOf), out);
        } else {
            print(wanted(reports.all(asOf)), out);
        }
    }

    /** Where the cluster is; null where only the interface was named. */
    private @Nullable Ledger place() {
        if (apiUrl != null && ledger.cluster().isEmpty()) {
            return null;
        }
        var stack = ledger.startStack(ledger.dataDirectory());
        return ledger.await(stack, new Waiting(spec.commandLine().getErr(), "Waiting for the embedded stack"));
    }

    private @Nullable LedgerApiClient api(@Nullable Ledger place) {
        var url = apiUrl != null ? apiUrl : place == null ? null : place.apiUrl();
        return url == null ? null : new LedgerApiClient(url);
    }

    private LedgerApiClient requiredApi() {
        var api = api(place());
        if (api == null) {
            throw new Failure("Days and hours are answered by the REST interface of the ledger;"
                    + " say where that is with --api URL");
        }
        return api;
    }

    private String askForDays() {
        var parameters = new HashMap<>(RunReports.parameters(asOf));
        parameters.put("from", from == null ? "" : day(from));
        parameters.put("to", to == null ? "" : day(to));
        parameters.put("project", project == null ? "" : project);
        parameters.put("zone", zone == null ? "" : zone);
        return requiredApi()
                .ask(List.of("days"), parameters, written())
                .orFail()
                .text();
    }

    private static String day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }

    private String askForHours() {
        var parameters = Map.of("from", from == null ? "" : from.toString(), "to", to == null ? "" : to.toString());
        return requiredApi()
                .ask(List.of("hosts", String.valueOf(host), "hours"), parameters, written())
                .orFail()
                .text();
    }

    /** As what the interface is to write it. */
    private Format written() {
        return format == Output.json ? Format.JSON : Format.TEXT;
    }

    private RunReports.Report wanted(RunReports.Report report) {
        var runs = report.runs().stream()
                .filter(found -> project == null || project.equals(found.getProject()))
                .filter(found -> zone == null || zone.equals(found.getZone()))
                .limit(limit)
                .toList();
        return new RunReports.Report(runs, report.knownUpTo(), report.leftOut());
    }

    private void printOne(RunReports.Report report, PrintWriter out) {
        var found = report.runs().get(0);
        switch (format) {
            case table -> out.print(RunDetails.of(found, report.knownUpTo()));
            case csv -> printCsv(report, out);
            case json -> out.println(RunJson.text(RunJson.of(found, report.knownUpTo())));
        }
    }

    private void print(RunReports.Report report, PrintWriter out) {
        switch (format) {
            case table -> RunTable.print(report, out);
            case csv -> printCsv(report, out);
            case json -> printJson(report, out);
        }
        if (report.leftOut() > 0) {
            say(report.leftOut() + " runs are not in this report: they changed after " + report.knownUpTo()
                    + " and have been sealed since. Every revision of their rows is in the topic emissions-history.");
        }
    }

    /** The columns are fixed, so the stamp is told beside the file. */
    private void printCsv(RunReports.Report report, PrintWriter out) {
        out.print(CsvLine.of(RunCsv.header()));
        report.runs().forEach(found -> out.print(CsvLine.of(RunCsv.row(found))));
        say("Known up to " + report.knownUpTo() + ".");
    }

    private static void printJson(RunReports.Report report, PrintWriter out) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (RunEmissions found : report.runs()) {
            array.add(RunJson.of(found, report.knownUpTo()));
        }
        out.println(RunJson.text(array));
    }

    private void say(String line) {
        var err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
