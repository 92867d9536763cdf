package io.wattledger.streams.report;

import io.wattledger.schemas.record.RunEmissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run as lines for a terminal. */
public final class RunDetails {
    private RunDetails() {}

    /** The run as it was known at {@code asOf}. */
    public static String of(RunEmissions run, Instant asOf) {
        var text = new StringBuilder();
        lines(run).forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append("%-10s %s%n".formatted(name, value));
            }
        });
        return text + "Known up to " + asOf + ".\n";
    }

    private static Map<String, String> lines(RunEmissions run) {
        var lines = new LinkedHashMap<String, String>();
        lines.put("run", run.getRun() + " (project " + run.getProject() + ") " + RunText.circumstances(run));
        lines.put("name", run.getName() == null ? "" : run.getName());
        lines.put("labels", RunText.labels(run));
        lines.put("energy", RunText.energy(run) + "   " + RunText.components(run) + "   " + RunText.band(run));
        lines.put("site", RunText.site(run));
        lines.put("emissions", RunText.emissions(run) + "   at " + RunText.intensity(run));
        lines.putAll(FootprintText.lines(run));
        lines.put("coverage", RunText.coverage(run));
        lines.put("status", RunText.status(run) + ", revision " + run.getRevision() + ", known at " + run.getKnownAt());
        return lines;
    }
}
