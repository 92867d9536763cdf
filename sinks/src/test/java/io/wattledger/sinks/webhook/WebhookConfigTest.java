package io.wattledger.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookConfigTest {
    @Test
    void takesAnAddressAlone() {
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of("webhook.preset", "slack"))).isEmpty();
        assertThat(problems(Map.of("webhook.preset", "codecarbon", "webhook.codecarbon.experiment.id", "x")))
                .isEmpty();
        assertThat(problems(Map.of("webhook.template", "{\"text\":\"{run} {labels.team} {energy}\"}")))
                .isEmpty();
        assertThat(problems(Map.of("webhook.header.X-Team", "a", "webhook.concurrency", "8")))
                .isEmpty();
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        assertThat(problems(Map.of(
                        "webhook.url", "ftp://x",
                        "webhook.preset", "teams",
                        "webhook.format", "xml",
                        "webhook.batch.size", "0",
                        "webhook.concurrency", "65",
                        "webhook.filter.status", "DONE",
                        "webhook.filter.emissions.above.g", "-1",
                        "webhook.filter.energy.above.kwh", "NaN",
                        "webhook.cloudevents.source", "a b",
                        "webhook.sign", "x")))
                .containsOnlyKeys(
                        "webhook.url",
                        "webhook.preset",
                        "webhook.format",
                        "webhook.batch.size",
                        "webhook.concurrency",
                        "webhook.filter.status",
                        "webhook.filter.emissions.above.g",
                        "webhook.filter.energy.above.kwh",
                        "webhook.cloudevents.source",
                        "webhook.sign");
    }

    @Test
    void namesSettingsThatDoNotGoTogether() {
        assertThat(problems(Map.of("webhook.preset", "slack", "webhook.format", "json")))
                .containsOnlyKeys("webhook.format");
        assertThat(problems(Map.of("webhook.preset", "mlflow", "webhook.template", "{}")))
                .containsOnlyKeys("webhook.template");
        assertThat(problems(Map.of("webhook.format", "cloudevents-binary", "webhook.batch.size", "5")))
                .containsOnlyKeys("webhook.batch.size");
        assertThat(problems(Map.of("webhook.preset", "codecarbon")))
                .containsOnlyKeys("webhook.codecarbon.experiment.id");
        assertThat(problems(Map.of("webhook.codecarbon.experiment.id", "x")))
                .containsOnlyKeys("webhook.codecarbon.experiment.id");
        assertThat(problems(Map.of(
                        "webhook.preset", "codecarbon",
                        "webhook.codecarbon.experiment.id", "x",
                        "webhook.filter.corrections.only", "true")))
                .containsOnlyKeys("webhook.filter.corrections.only");
    }

    @Test
    void namesWhatIsWrongWithATemplate() {
        assertThat(problems(Map.of("webhook.template", "{\"text\":\"{run}"))).containsOnlyKeys("webhook.template");
        assertThat(problems(Map.of("webhook.template", "{\"text\":\"{emission}\"}"))
                        .get("webhook.template"))
                .singleElement()
                .asString()
                .startsWith("webhook.template has {emission}, which no record has; there are ")
                .contains("emissionsMicrograms");
    }

    @Test
    void showsNoSecret() {
        assertThat(problems(Map.of("webhook.url", "htps://hooks.slack.com/services/T0/B0/secret"))
                        .toString())
                .doesNotContain("secret");
    }

    private static Map<String, List<String>> problems(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("webhook.url", "https://hooks.example/x"));
        all.putAll(settings);
        return new WebhookSink().problems(all).bySetting();
    }
}
