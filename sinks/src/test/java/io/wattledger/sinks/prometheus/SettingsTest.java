package io.wattledger.sinks.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void allProblemsOfRemoteWriteAreNamedAtOnce() {
        var problems = new RemoteWriteType()
                .problems(Map.of(
                        "prometheus.url", "ftp://somewhere",
                        "prometheus.query.url", "somewhere",
                        "prometheus.interval.ms", "0",
                        "prometheus.series.max", "lots",
                        "prometheus.retention", "1"));
        assertThat(problems.bySetting())
                .containsOnlyKeys(
                        "prometheus.url",
                        "prometheus.query.url",
                        "prometheus.interval.ms",
                        "prometheus.series.max",
                        "prometheus.retention");
    }

    @Test
    void remoteWriteNeedsAnAddressAlone() {
        assertThat(new RemoteWriteType().problems(Map.of()).bySetting()).containsOnlyKeys("prometheus.url");
        assertThat(new RemoteWriteType()
                        .problems(Map.of("prometheus.url", "http://localhost:9090/api/v1/write"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void credentialsThatDoNotFitAreNamed() {
        var problems = new RemoteWriteType()
                .problems(Map.of(
                        "prometheus.url", "http://localhost:9090/api/v1/write",
                        "prometheus.auth.type", "basic",
                        "prometheus.auth.token", "secret"));
        assertThat(problems.bySetting()).containsOnlyKeys("prometheus.auth.username", "prometheus.auth.token");
        assertThat(problems.bySetting().toString()).doesNotContain("secret");
    }

    @Test
    void scrapeNeedsNothing() {
        assertThat(new ScrapeType().problems(Map.of()).isEmpty()).isTrue();
        assertThat(new ScrapeType()
                        .problems(Map.of(
                                "prometheus.scrape.port", "0", "prometheus.query.url", "x", "prometheus.url", "y"))
                        .bySetting())
                .containsOnlyKeys("prometheus.scrape.port", "prometheus.query.url", "prometheus.url");
    }

    @Test
    void oneTaskIsScraped() {
        var connector = new PrometheusScrapeSinkConnector();
        connector.start(Map.of("prometheus.scrape.port", "9464"));
        assertThat(connector.taskConfigs(8)).hasSize(1);
    }
}
