package io.wattledger.streams.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.schemas.record.RunEmissions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The total of a run as a JSON object: decimal numbers with the unit in the name, times in ISO 8601 UTC. */
public final class RunJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private RunJson() {}

    /** A run as it is published: known up to the moment it became known itself. */
    public static ObjectNode of(RunEmissions run) {
        return of(run, run.getKnownAt());
    }

    /**
     * A run as it was known at a time. {@code energy_kwh} is IT energy, {@code facility_energy_kwh} is times PUE;
     * emissions are of the latter.
     */
    public static ObjectNode of(RunEmissions run, Instant asOf) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("run", run.getRun());
        json.put("project", run.getProject());
        json.put("name", run.getName());
        var labels = json.putObject("labels");
        new TreeMap<>(run.getLabels()).forEach(labels::put);
        json.put("user", run.getUser());
        json.put("parent_run", run.getParentRun());
        json.put("host", run.getHosts().isEmpty() ? null : run.getHosts().get(0));
        run.getHosts().forEach(json.putArray("hosts")::add);
        json.put("zone", run.getZone());
        json.put("started", text(run.getStarted()));
        json.put("finished", text(run.getFinished()));
        json.put("duration_s", duration(run));
        json.put("exit_code", run.getExitCode());
        json.put("status", run.getStatus().name().toLowerCase(Locale.ROOT));
        json.put("cpu_time_s", BigDecimal.valueOf(run.getCpuTimeNanos(), 9));
        json.put("coverage_percent", RunText.coveragePercent(run).orElse(null));
        Figures.of(run).putTo(json);
        FootprintJson.putUnits(json, run);
        json.put("revision", run.getRevision());
        json.put("known_at", text(run.getKnownAt()));
        json.put("known_up_to", text(asOf));
        return json;
    }

    private static @Nullable BigDecimal duration(RunEmissions run) {
        return run.getStarted() == null || run.getFinished() == null
                ? null
                : BigDecimal.valueOf(
                        Duration.between(run.getStarted(), run.getFinished()).toMillis(), 3);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** The object as indented text. */
    public static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write as JSON: " + json, e);
        }
    }
}
