package io.wattledger.sinks.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/prometheus.md shows works when it is pasted. */
class PrometheusPageTest {
    private static final Path PAGE = Path.of("..", "docs", "prometheus.md");

    @TempDir
    Path folder;

    @Test
    void settingsAreRight() throws IOException {
        var examples = blocks("json");
        assertThat(examples).hasSize(2);
        for (var example : examples) {
            var settings = new ObjectMapper().readValue(example, new TypeReference<Map<String, String>>() {});
            var type = settings.containsKey("prometheus.url") ? new RemoteWriteType() : new ScrapeType();
            assertThat(type.problems(settings).bySetting()).isEmpty();
            assertThat(settings.get("connector.class"))
                    .isIn(
                            PrometheusRemoteWriteSinkConnector.class.getName(),
                            PrometheusScrapeSinkConnector.class.getName());
        }
    }

    @Test
    void everySeriesIsOnThePage() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(Stream.of(Metric.values()).map(Metric::series))
                .allSatisfy(series -> assertThat(page).contains("| `" + series + "` |"));
    }

    @Test
    void rulesAreRight() throws Exception {
        assumeTrue(PrometheusServer.isInstalled(), "no promtool here; apt-get install prometheus");
        var rules = blocks("yaml");
        assertThat(rules).hasSize(1);
        var queries = blocks("promql").get(0).split("\n\n");
        var all = new StringBuilder(rules.get(0));
        for (int i = 0; i < queries.length; i++) {
            all.append("      - record: query").append(i).append("\n        expr: |\n");
            queries[i]
                    .lines()
                    .forEach(line -> all.append("          ").append(line).append('\n'));
        }
        var file = Files.writeString(folder.resolve("rules.yml"), all);
        var check = new ProcessBuilder("promtool", "check", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(check.getInputStream().readAllBytes(), UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    private static List<String> blocks(String language) throws IOException {
        var blocks = new ArrayList<String>();
        var matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }
}
