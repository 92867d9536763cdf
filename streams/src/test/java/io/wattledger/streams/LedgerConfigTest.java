package io.wattledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class LedgerConfigTest {
    private static final Map<String, String> GOOD = Map.of(
            LedgerConfig.BOOTSTRAP_SERVERS,
            "localhost:1",
            LedgerConfig.SCHEMA_REGISTRY,
            "http://localhost:2",
            LedgerConfig.STATE_DIR,
            "/tmp/state");

    @Test
    void passesSettingsOfKafkaOn() {
        var settings = new HashMap<>(GOOD);
        settings.put("kafka.security.protocol", "SSL");
        assertThat(new LedgerConfig(settings).streams())
                .containsEntry("security.protocol", "SSL")
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    @Test
    void namesAllProblemsTogether() {
        assertThatThrownBy(() -> new LedgerConfig(Map.of("slot.length.ms", "x", "emit.intervall.ms", "5")))
                .hasMessageContaining("bootstrap.servers")
                .hasMessageContaining("schema.registry.url")
                .hasMessageContaining("slot.length.ms")
                .hasMessageContaining("Unknown setting emit.intervall.ms");
    }

    @Test
    void refusesASlotThatIsNone() {
        var settings = new HashMap<>(GOOD);
        settings.put(LedgerConfig.SLOT_LENGTH, "1000");
        assertThatThrownBy(() -> new LedgerConfig(settings)).hasMessageContaining("5, 15, 30 or 60 minutes");
    }
}
