package io.wattledger.sinks.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.accounting.report.Ratios;
import io.wattledger.schemas.connect.BuildVersion;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finished run for CodeCarbon's API: a run of an experiment ({@code POST /runs}), and all its energy and emissions as the
 * one measurement of it ({@code POST /emissions}), in kWh, W, kg and kg/s. That API adds measurements up and takes none back,
 * so a run is sent once, in its first revision.
 */
final class CodeCarbonDialect implements Dialect {
    private static final JsonMapper MAPPER = new JsonMapper();
    /** What the API wants to be told of a run, and what the ledger does not know of one or does not give away. */
    private static final List<String> UNKNOWN = List.of(
            "os",
            "python_version",
            "cpu_count",
            "cpu_model",
            "gpu_count",
            "gpu_model",
            "longitude",
            "latitude",
            "provider",
            "ram_total_size");

    private final String experiment;

    /** @param experiment id of the experiment that runs are added to */
    CodeCarbonDialect(String experiment) {
        this.experiment = experiment;
    }

    @Override
    public int mostEvents() {
        return 1;
    }

    @Override
    public Optional<String> whyNot(Event event) {
        if (event.isCorrection()) {
            return Optional.of("CodeCarbon takes no corrections");
        }
        return event.run().flatMap(RunFigures::duration).isPresent()
                ? Optional.empty()
                : Optional.of("it is no run with a start and an end");
    }

    @Override
    public HttpAnswer tell(List<Event> events, Post post) throws TargetUnavailableException {
        var run = events.get(0).run().orElseThrow();
        var key = Message.keyOf(events);
        var added = post.send(Message.of("/runs", Message.JSON, run(run), key + "/run"));
        if (!added.isGood()) {
            return added;
        }
        var measurement = measurement(run, idOf(added));
        return post.send(Message.of("/emissions", Message.JSON, measurement, key + "/emissions"));
    }

    private ObjectNode run(RunEmissions run) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", String.valueOf(run.getStarted()))
                .put("experiment_id", experiment)
                .put("codecarbon_version", "wattledger " + BuildVersion.text())
                .put("region", run.getZone())
                .put("tracking_mode", "process");
        UNKNOWN.forEach(body::putNull);
        return body;
    }

    private static String idOf(HttpAnswer added) {
        try {
            var id = MAPPER.readTree(added.body()).path("id").asText();
            if (!id.isEmpty()) {
                return id;
            }
        } catch (JsonProcessingException e) {
            throw noApi(added, e);
        }
        throw noApi(added, null);
    }

    private static TargetRefusedException noApi(HttpAnswer added, @Nullable Throwable cause) {
        return new TargetRefusedException(
                added.summary() + " without the id of a run, as CodeCarbon's API does: check the address", cause);
    }

    private static ObjectNode measurement(RunEmissions run, String id) {
        var time = RunFigures.duration(run).orElseThrow();
        var emissions = new Emissions(run.getEmissionsMicrograms());
        return JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", String.valueOf(run.getFinished()))
                .put("run_id", id)
                // Whole seconds, of which the API wants at least one.
                .put("duration", Math.max(1, Math.round(time.toMillis() / 1e3)))
                .put("emissions_sum", emissions.kilograms())
                .put(
                        "emissions_rate",
                        Ratios.kilogramsPerSecond(emissions, time).orElse(BigDecimal.ZERO))
                .put("cpu_power", watts(run.getCpuEnergyMillijoules(), time))
                .put("gpu_power", watts(run.getGpuEnergyMillijoules(), time))
                .put("ram_power", watts(run.getRamEnergyMillijoules(), time))
                .put("cpu_energy", RunFigures.kilowattHours(run.getCpuEnergyMillijoules()))
                .put("gpu_energy", RunFigures.kilowattHours(run.getGpuEnergyMillijoules()))
                .put("ram_energy", RunFigures.kilowattHours(run.getRamEnergyMillijoules()))
                .put("energy_consumed", RunFigures.kilowattHours(run.getEnergyMillijoules()));
    }

    private static double watts(long millijoules, Duration time) {
        return Ratios.power(new Energy(millijoules), time).map(Power::watts).orElse(0.0);
    }
}
