package io.wattledger.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.RunStatus;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.junit.jupiter.api.Test;

class EventFilterTest {
    @Test
    void passesFinishedRunsAndWhateverIsNoRun() {
        var filter = filter(Map.of());

        assertThat(filter.passes(Samples.event(Samples.run("r1", 1)))).isTrue();
        assertThat(filter.passes(Samples.event(Samples.run("r1", 2)))).isTrue();
        for (var status : RunStatus.values()) {
            assertThat(filter.passes(Samples.event(Samples.run("r1", 0).setStatus(status))))
                    .isEqualTo(status == RunStatus.FINISHED);
        }
        assertThat(filter.passes(Samples.event(Samples.row(0).build()))).isTrue();
        assertThat(filter.passes(Samples.event(Samples.hour()))).isTrue();
    }

    @Test
    void passesRunsInTheStatesThatAreSet() {
        var filter = filter(Map.of(WebhookConfig.STATUSES, "LOST, RUNNING"));

        assertThat(filter.passes(Samples.event(Samples.run("r1", 1).setStatus(RunStatus.LOST))))
                .isTrue();
        assertThat(filter.passes(Samples.event(Samples.run("r1", 1)))).isFalse();
    }

    @Test
    void passesTheProjectsThatAreSet() {
        var filter = filter(Map.of(WebhookConfig.PROJECTS, "a, b"));

        assertThat(filter.passes(Samples.event(Samples.run("r1", 1).setProject("b"))))
                .isTrue();
        assertThat(filter.passes(Samples.event(Samples.run("r1", 1).setProject("c"))))
                .isFalse();
        assertThat(filter.passes(Samples.event(Samples.hour())))
                .as("has no project")
                .isFalse();
    }

    @Test
    void passesWhatIsAboveAThreshold() {
        var grams = filter(Map.of(WebhookConfig.GRAMS, "2.5"));
        assertThat(grams.passes(Samples.event(Samples.run("r1", 1).setEmissionsMicrograms(2_500_001))))
                .isTrue();
        assertThat(grams.passes(Samples.event(Samples.run("r1", 1).setEmissionsMicrograms(2_500_000))))
                .isFalse();

        var energy = filter(Map.of(WebhookConfig.KILOWATT_HOURS, "0.5"));
        assertThat(energy.passes(Samples.event(Samples.run("r1", 1).setEnergyMillijoules(1_800_000_001))))
                .isTrue();
        assertThat(energy.passes(Samples.event(Samples.run("r1", 1).setEnergyMillijoules(1_800_000_000))))
                .isFalse();
    }

    @Test
    void passesCorrectionsAlone() {
        var filter = filter(Map.of(WebhookConfig.CORRECTIONS, "true"));

        assertThat(filter.passes(Samples.event(Samples.run("r1", 1)))).isFalse();
        assertThat(filter.passes(Samples.event(Samples.run("r1", 2)))).isTrue();
        assertThat(filter.passes(Samples.event(Samples.revision(2).build()))).isTrue();
        assertThat(filter.passes(Samples.event(Samples.day()))).isFalse();
    }

    private static EventFilter filter(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("webhook.url", "http://localhost");
        return new WebhookConfig(new AbstractConfig(WebhookConfig.DEFINITION, all, false)).filter();
    }
}
