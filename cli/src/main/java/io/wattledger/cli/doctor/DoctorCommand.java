package io.wattledger.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.Zoning;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.collector.CollectorConfig;
import io.wattledger.collector.InvalidConfigException;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.survey.SensorChoice;
import io.wattledger.collector.survey.SensorSurvey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattledger doctor}. */
@Command(
        name = "doctor",
        description = {
            "Find what keeps this host from being measured and its samples from being sent, with the commands that"
                    + " mend it.",
            "Run it as the user the collector runs as. It changes nothing. Exit code 0 when nothing is to be done, 1"
                    + " when something is."
        })
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private LedgerOptions ledger;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The collector's file of settings, to look at the folder and the cluster that it names.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var all = new ArrayList<Diagnosis>();
        try {
            var settings = CollectorConfig.of(settings());
            all.addAll(sensors(settings.sensors()));
            all.addAll(new CollectorCheckUp(
                            settings.folder(),
                            settings.spoolMaxBytes(),
                            settings.endpoints().find(),
                            settings.kafka())
                    .diagnose());
        } catch (InvalidConfigException e) {
            all.addAll(sensors(SensorChoice.usual()));
            all.add(Diagnosis.ill("settings", String.valueOf(e.getMessage())));
        }
        all.addAll(new HostCheckUp(Path.of("/"), Files::isReadable).diagnose());
        print(all, spec.commandLine().getOut());
        return all.stream().anyMatch(one -> one.state() == Diagnosis.State.ill) ? 1 : 0;
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        if (config != null) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(config)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new Failure("Cannot read the settings " + config + " (" + e + "); check --config", e);
            }
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
            Zoning.location(Zoning.takeSettings(settings), spec.commandLine());
            return settings;
        }
        settings.put(CollectorConfig.DATA_DIR, ledger.dataDirectory().toString());
        ledger.cluster().ifPresent(cluster -> {
            settings.put(CollectorConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
            settings.put(CollectorConfig.SCHEMA_REGISTRY_URL, cluster.schemaRegistryUrl());
            cluster.clientSettings().forEach((key, value) -> settings.put(CollectorConfig.KAFKA_PREFIX + key, value));
        });
        return settings;
    }

    private static List<Diagnosis> sensors(SensorChoice choice) {
        var survey = SensorSurvey.ofThisHost(choice);
        survey.sensors().forEach(PowerSensor::close);
        return SensorCheckUp.diagnose(survey.answers(), choice);
    }

    private void print(List<Diagnosis> all, PrintWriter out) {
        if (json) {
            try {
                out.println(new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(all));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Cannot write the diagnoses as JSON", e);
            }
        } else {
            for (var one : all) {
                out.printf("%-6s %s: %s%n", one.state(), one.subject(), one.found());
                one.commands().forEach(command -> out.println("         " + command));
            }
        }
        out.flush();
    }
}
