package io.wattledger.cli.stack;

import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connectors that every stack has. */
final class Connectors {
    private static final String TEXT = "org.apache.kafka.connect.storage.StringConverter";
    static final String AVRO = "io.wattledger.schemas.connect.AvroConverter";

    private Connectors() {}

    static List<Connector> of(RoleContext context) {
        var csv = context.directory().csv().toString();
        return List.of(
                new Connector(
                        "annual-intensity",
                        settings(
                                context,
                                "io.wattledger.grid.annual.AnnualIntensitySourceConnector",
                                Topics.GRID_DEFAULTS,
                                Map.of("intensity.topic", Topics.GRID_DEFAULTS.name()))),
                new Connector(
                        "csv",
                        settings(
                                context,
                                "io.wattledger.sinks.csv.CsvSinkConnector",
                                Topics.RUN_EMISSIONS,
                                Map.of("topics", Topics.RUN_EMISSIONS.name(), "csv.file", csv))));
    }

    private static Map<String, String> settings(
            RoleContext context, String className, TopicSpec topic, Map<String, String> own) {
        var settings = new HashMap<>(own);
        settings.put("connector.class", className);
        settings.put("tasks.max", "1");
        settings.put("key.converter", topic.hasTextKey() ? TEXT : AVRO);
        settings.put("value.converter", AVRO);
        settings.putAll(converterSettings(context));
        return settings;
    }

    /** Where converters find schemas, for keys and values. */
    static Map<String, String> converterSettings(RoleContext context) {
        var settings = new HashMap<String, String>();
        for (var side : List.of("key.converter.", "value.converter.")) {
            registry(context).forEach((name, value) -> settings.put(side + name, value));
        }
        return settings;
    }

    /** What a client of the schema registry must know. */
    static Map<String, String> registry(RoleContext context) {
        var settings = new HashMap<String, String>();
        context.clientSettings().forEach((name, value) -> {
            if (RegistryConfig.definition().names().contains(name) || name.startsWith(RegistryConfig.TLS_PREFIX)) {
                settings.put(name, value);
            }
        });
        settings.put(RegistryConfig.SCHEMA_REGISTRY_URL, context.schemaRegistryUrl());
        return settings;
    }
}
