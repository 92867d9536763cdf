package io.wattledger.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

/** What all connectors have in common, as Connect finds them. */
class ConnectorsTest {
    @Test
    void everyRequiredSettingThatIsMissingIsNamed() {
        var connectors = ServiceLoader.load(SourceConnector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(connector -> connector.getClass().getName().startsWith("io.wattledger."))
                .toList();
        assertThat(connectors).hasSizeGreaterThan(5);
        for (var connector : connectors) {
            var required = connector.config().configKeys().values().stream()
                    .filter(key -> key.defaultValue == ConfigDef.NO_DEFAULT_VALUE)
                    .map(key -> key.name)
                    .toList();
            var wrong = connector.validate(Map.of()).configValues().stream()
                    .filter(value -> !value.errorMessages().isEmpty())
                    .map(value -> value.name());
            assertThat(wrong).as(connector.getClass().getName()).containsAll(required);
        }
    }
}
