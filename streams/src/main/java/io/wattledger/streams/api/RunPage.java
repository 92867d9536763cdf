package io.wattledger.streams.api;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.ChangeText;
import io.wattledger.streams.report.FootprintText;
import io.wattledger.streams.report.RunExplanation;
import io.wattledger.streams.report.RunText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs as plain pages, readable without scripts. */
final class RunPage {
    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
              :root { color-scheme: light dark; --soft: color-mix(in srgb, currentColor 60%%, transparent); }
              body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
              h1, h2 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
              p { margin: .25rem 0 1rem; } nav, .soft { color: var(--soft); } a { color: inherit; }
              .figures { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 1.5rem 0; }
              .figures div { min-width: 12rem; } .figures b { display: block; font-size: 2rem; line-height: 1.2; }
              table { border-collapse: collapse; width: 100%%; margin: 1rem 0; }
              th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 15%%, transparent); vertical-align: top; }
              th { font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
              .stamp { white-space: nowrap; } .wide { overflow-x: auto; } code { font-size: .9em; }
            </style>
            <nav><a href="/runs">Wattledger</a></nav>
            %s
            </html>
            """;

    private RunPage() {}

    static String of(RunEmissions run, RunExplanation explanation) {
        var title = run.getName() == null ? "Run " + run.getRun() : run.getName();
        return frame(
                title + " · Wattledger",
                "<h1>%s</h1>\n<p class=\"soft\">%s</p>\n"
                                .formatted(
                                        escape(title),
                                        escape("project " + run.getProject() + " " + RunText.circumstances(run)))
                        + figures(run)
                        + components(run)
                        + details(run)
                        + changesOf(explanation)
                        + "<p><a href=\"/runs/%s?format=json&amp;as-of=%s\">This run as JSON</a></p>"
                                .formatted(escape(run.getRun()), explanation.asOf())
                        + knownUpTo("/runs/" + run.getRun(), explanation.asOf()));
    }

    /** Up to when it was known, with an address that says the same for ever. */
    private static String knownUpTo(String path, Instant asOf) {
        return "<p class=\"soft\">Known up to <a href=\"%s?as-of=%s\">%s</a>.</p>\n"
                .formatted(escape(path), asOf, asOf);
    }

    static String changes(RunExplanation explanation) {
        var run = explanation.after().getRun();
        return frame(
                "Changes of run " + run + " · Wattledger",
                "<h1>Changes of run <a href=\"/runs/%s\">%s</a></h1>\n".formatted(escape(run), escape(run))
                        + changesOf(explanation)
                        + knownUpTo("/runs/" + run + "/changes", explanation.asOf()));
    }

    private static String changesOf(RunExplanation explanation) {
        if (explanation.changes().isEmpty()) {
            return "<p>No row of a closed slot has changed.</p>\n";
        }
        var rows = new StringBuilder();
        for (var change : explanation.changes()) {
            var revision = change.revision();
            rows.append("""
                    <tr><td class="stamp">%s</td><td class="stamp">%s</td><td>%s</td><td>%s</td><td>%s</td>\
                    <td class="number">%s</td><td class="number">%s</td></tr>
                    """.formatted(
                            RunText.time(change.knownAt()),
                            RunText.time(revision.getRow().getSlotStart()),
                            escape(revision.getRow().getHost() + ", "
                                    + revision.getRow().getZone()),
                            escape(ChangeText.cause(revision)),
                            escape(ChangeText.intensity(revision)),
                            escape(ChangeText.energy(revision)),
                            escape(ChangeText.emissions(revision))));
        }
        return """
                <h2>Changes</h2>
                <div class="wide"><table>
                <tr><th>Known at</th><th>Slot</th><th>Host, zone</th><th>Why</th><th>Intensity</th>\
                <th class="number">Energy</th><th class="number">Emissions</th></tr>
                %s</table></div>
                """.formatted(rows);
    }

    private static String figures(RunEmissions run) {
        return """
                <div class="figures">
                  <div><b>%s</b>IT energy, %s</div>
                  <div><b>%s</b>at %s</div>
                </div>
                """.formatted(
                        escape(RunText.energy(run)),
                        escape(RunText.band(run)),
                        escape(RunText.emissions(run)),
                        escape(RunText.intensity(run)));
    }

    private static String components(RunEmissions run) {
        var rows = new StringBuilder();
        component(rows, "CPU", run.getCpuEnergyMillijoules(), run.getCpuEmissionsMicrograms());
        component(rows, "GPU", run.getGpuEnergyMillijoules(), run.getGpuEmissionsMicrograms());
        component(rows, "Memory", run.getRamEnergyMillijoules(), run.getRamEmissionsMicrograms());
        component(rows, "Other", run.getOtherEnergyMillijoules(), run.getOtherEmissionsMicrograms());
        return """
                <table>
                <tr><th>Component</th><th class="number">Energy</th><th class="number">Emissions</th></tr>
                %s</table>
                """.formatted(rows);
    }

    private static void component(StringBuilder rows, String name, long millijoules, long micrograms) {
        if (millijoules != 0) {
            rows.append("<tr><td>%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n"
                    .formatted(
                            name,
                            Readable.energy(new Energy(millijoules)),
                            Readable.emissions(new Emissions(micrograms))));
        }
    }

    private static String details(RunEmissions run) {
        var rows = new StringBuilder();
        detail(rows, "Run", run.getRun());
        detail(rows, "Project", run.getProject());
        detail(rows, "Labels", RunText.labels(run));
        detail(rows, "User", run.getUser() == null ? "" : run.getUser());
        detail(rows, "Started", RunText.time(run.getStarted()));
        detail(rows, "Finished", RunText.time(run.getFinished()));
        detail(rows, "CPU time", Readable.duration(Duration.ofNanos(run.getCpuTimeNanos())));
        detail(rows, "Energy of the site", RunText.site(run));
        detail(rows, "Obtained by", RunText.components(run));
        detail(rows, "Coverage", RunText.coverage(run));
        FootprintText.lines(run).forEach((name, text) -> detail(rows, capitalised(name), text));
        detail(rows, "Status", RunText.status(run) + ", revision " + run.getRevision());
        detail(rows, "Known at", RunText.time(run.getKnownAt()));
        return "<table>\n" + rows + "</table>\n";
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static void detail(StringBuilder rows, String name, String value) {
        if (!value.isEmpty()) {
            rows.append("<tr><th>%s</th><td>%s</td></tr>\n".formatted(name, escape(value)));
        }
    }

    /**
     * @param more whether there are older ones that the list leaves out
     */
    static String list(List<RunEmissions> runs, Instant asOf, boolean more) {
        if (runs.isEmpty()) {
            return message("The ledger has no run yet. Measure one with: wattledger run -- COMMAND");
        }
        var rows = new StringBuilder();
        for (var run : runs) {
            rows.append("""
                    <tr><td><a href="/runs/%s"><code>%s</code></a></td><td>%s</td><td>%s</td><td class="stamp">%s</td>\
                    <td class="number">%s</td><td class="number">%s</td><td class="number">%s</td><td>%s</td></tr>
                    """.formatted(
                            escape(run.getRun()),
                            escape(run.getRun()),
                            escape(run.getProject()),
                            escape(String.valueOf(run.getName() == null ? "" : run.getName())),
                            RunText.time(run.getStarted()),
                            escape(RunText.duration(run)),
                            RunText.energy(run),
                            RunText.emissions(run),
                            RunText.status(run)));
        }
        return frame("Runs · Wattledger", """
                <h1>Runs</h1>
                <div class="wide"><table>
                <tr><th>Run</th><th>Project</th><th>Name</th><th>Started</th><th class="number">Duration</th>\
                <th class="number">Energy</th><th class="number">Emissions</th><th>Status</th></tr>
                %s</table></div>
                %s%s""".formatted(
                        rows,
                        more ? "<p>Older ones are left out; ask for them with <code>?limit=</code>.</p>\n" : "",
                        knownUpTo("/runs", asOf)));
    }

    static String message(String text) {
        return frame("Wattledger", "<p>" + escape(text) + "</p>");
    }

    private static String frame(String title, String body) {
        return FRAME.formatted(escape(title), body);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
