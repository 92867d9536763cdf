package io.wattledger.sinks.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus understands every query of the dashboard; that there is an answer is seen in {@link PrometheusIT}. */
class DashboardTest {
    @TempDir
    Path folder;

    private record Said(int code, String text) {}

    @Test
    void queriesAreRight() throws Exception {
        var queries = Dashboard.queries();
        assertThat(queries).hasSizeGreaterThan(30);
        assertThat(queries.values()).noneMatch(query -> query.contains("$"));
        var said = check(queries.values());
        assertThat(said.code()).as(said.text()).isZero();
    }

    @Test
    void aWrongQueryIsNoticed() throws Exception {
        var said = check(List.of("sum by (host (wattledger_run_power_watts)"));
        assertThat(said.code()).as(said.text()).isNotZero();
    }

    private Said check(Collection<String> queries) throws IOException, InterruptedException {
        assumeTrue(PrometheusServer.isInstalled(), "no promtool here; apt-get install prometheus");
        var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        int number = 0;
        for (var query : queries) {
            rules.append("      - record: query")
                    .append(number++)
                    .append("\n        expr: |\n          ")
                    .append(query)
                    .append('\n');
        }
        var file = Files.writeString(folder.resolve("rules.yml"), rules);
        var promtool = new ProcessBuilder("promtool", "check", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        var text = new String(promtool.getInputStream().readAllBytes(), UTF_8);
        return new Said(promtool.waitFor(), text);
    }
}
