package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.streams.LedgerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** Settings as {@code wattledger streams} gets them on its command line. */
final class StreamsSettings {
    private StreamsSettings() {}

    /** Takes {@code --set KEY=VALUE …}, and nothing else, with settings that exist. */
    static void check(List<String> arguments) {
        var settings = new HashMap<>(Map.of(
                LedgerConfig.BOOTSTRAP_SERVERS, "kafka:9092",
                LedgerConfig.SCHEMA_REGISTRY, "http://registry:8081",
                LedgerConfig.STATE_DIR, "/state"));
        assertThat(arguments.size() % 2).isZero();
        for (int i = 0; i < arguments.size(); i += 2) {
            assertThat(arguments.get(i)).isEqualTo("--set");
            var setting = arguments.get(i + 1).split("=", 2);
            assertThat(setting).hasSize(2);
            settings.put(setting[0], setting[1]);
        }
        // Refuses names of its own that it does not know.
        assertThat(new LedgerConfig(settings)).isNotNull();
        assertThat(settings.keySet())
                .filteredOn(name -> name.startsWith(LedgerConfig.KAFKA_PREFIX))
                .extracting(name -> name.substring(LedgerConfig.KAFKA_PREFIX.length()))
                .isSubsetOf(StreamsConfig.configDef().names());
    }
}
