package io.wattledger.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
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

    @Test
    void theExamplesOfTheDocumentationAreRight() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "webhooks.md"));
        var curl = Pattern.compile("-d '(\\{.*?})'", Pattern.DOTALL).matcher(page);
        assertThat(curl.find()).isTrue();
        var submitted = new ObjectMapper().readValue(curl.group(1), new TypeReference<Map<String, String>>() {});
        assertThat(submitted).containsEntry("connector.class", WebhookSinkConnector.class.getName());
        assertThat(resolved(submitted)).isEmpty();

        var blocks = Pattern.compile("```\n((?:webhook\\.[^\n]*\n)+)```").matcher(page);
        int examples = 0;
        while (blocks.find()) {
            var settings = new Properties();
            settings.load(new StringReader(blocks.group(1)));
            var example = new HashMap<String, String>();
            settings.forEach((name, value) -> example.put(name.toString(), value.toString()));
            assertThat(resolved(example)).as(blocks.group(1)).isEmpty();
            examples++;
        }
        assertThat(examples).isEqualTo(4);
    }

    /** As Connect does, which puts in what a provider has. */
    private static Map<String, List<String>> resolved(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.replaceAll((name, value) ->
                value.startsWith("${") ? (name.endsWith(".url") ? "https://hooks.example/x" : "secret") : value);
        return problems(all);
    }

    private static Map<String, List<String>> problems(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("webhook.url", "https://hooks.example/x"));
        all.putAll(settings);
        return new WebhookSink().problems(all).bySetting();
    }
}
