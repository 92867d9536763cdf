package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.CollectorConfig;
import io.wattledger.collector.control.CollectorLauncher;
import io.wattledger.collector.health.HealthSettings;
import io.wattledger.collector.publish.Publishing;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that collectors are shipped with exist and do. */
class CollectorSettingsTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = HOME.resolve("deploy");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^#([a-z][a-z0-9.]+=.*)$");

    @Test
    void theExampleHasOnlySettingsThatExistAndDo() throws IOException {
        var text = Files.readString(DEPLOY.resolve("collector.properties"));
        checkSettings(new StringReader(text));
        checkSettings(new StringReader(EXAMPLE.matcher(text).replaceAll("$1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "compose", "image"})
    void soDoThoseOfContainers(String place) throws IOException {
        var text = Files.readString(DEPLOY.resolve(place).resolve("collector.properties"));
        // What is there in the container.
        text = text.replace("${env:WATTLEDGER_BOOTSTRAP_SERVERS}", "kafka:9092")
                .replace("${env:WATTLEDGER_SCHEMA_REGISTRY}", "http://schema-registry:8081")
                .replaceAll("\\$\\{(env:NODE_NAME|directory:/host/etc:hostname)}", "node-17");
        checkSettings(new StringReader(text));
    }

    @Test
    void theScriptStartsTheCollectorLikeRunsDo() throws IOException {
        var words = List.of(Files.readString(HOME.resolve("wattledger")).split("[\\s()]+"));
        assertThat(words).containsAll(CollectorLauncher.JVM_OPTIONS);
    }

    private static void checkSettings(Reader text) throws IOException {
        var properties = new Properties();
        properties.load(text);
        var known = new HashSet<>(CollectorConfig.definition().names());
        known.addAll(Publishing.define(new ConfigDef()).names());
        known.addAll(HealthSettings.define(new ConfigDef()).names());
        var settings = new HashMap<String, String>();
        for (var key : properties.stringPropertyNames()) {
            if (!key.startsWith(CollectorConfig.KAFKA_PREFIX)) {
                assertThat(known).contains(key);
            }
            settings.put(key, properties.getProperty(key));
        }
        var config = new HashMap<>(settings);
        config.keySet()
                .removeIf(key -> !key.startsWith(CollectorConfig.KAFKA_PREFIX)
                        && !CollectorConfig.definition().names().contains(key));
        assertThat(CollectorConfig.of(config).endpoints().find()).isPresent();
    }
}
