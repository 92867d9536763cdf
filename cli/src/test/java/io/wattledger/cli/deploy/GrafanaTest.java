package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Grafana can take what is provisioned, and shows what we write. Its queries are tried where what answers them is: those of
 * Prometheus in {@code sinks}, those of PostgreSQL in {@code warehouse}.
 */
class GrafanaTest {
    private static final Path HOME = Path.of("..");
    private static final Path FOLDER = HOME.resolve("deploy/compose/grafana");
    private static final int COLUMNS = 24;
    private static final Pattern METRIC = Pattern.compile("\\bwattledger_[a-z0-9_]+");

    private static JsonNode dashboard;
    private static JsonNode datasources;

    @BeforeAll
    static void read() throws IOException {
        dashboard = new ObjectMapper()
                .readTree(FOLDER.resolve("dashboards/wattledger.json").toFile());
        datasources = Manifests.yaml(Files.readString(FOLDER.resolve("provisioning/datasources/wattledger.yml")))
                .get(0);
    }

    @Test
    void datasourcesAreThoseOfTheStackAndKeepNoSecret() {
        assertThat(datasources.get("apiVersion").asInt()).isEqualTo(1);
        assertThat(datasources.get("datasources"))
                .extracting(source -> source.get("url").asText())
                .containsExactlyInAnyOrder("http://prometheus:9090", "postgresql:5432");
        assertThat(datasources.findValuesAsText("password"))
                .containsExactly("$__file{/run/secrets/wattledger/grafana-postgresql}");
        assertThat(datasources.findValuesAsText("user"))
                .as("not the owner of the tables: who looks may ask in SQL")
                .containsExactly("grafana");
    }

    @Test
    void theProviderHasTheFolderOfTheDashboard() throws IOException {
        var provider = Manifests.yaml(Files.readString(FOLDER.resolve("provisioning/dashboards/wattledger.yml")))
                .get(0)
                .at("/providers/0");
        assertThat(provider.get("type").asText()).isEqualTo("file");
        assertThat(provider.at("/options/path").asText()).isEqualTo("/etc/grafana/dashboards");
    }

    @Test
    void theDashboardIsKnownByItsUidAlone() {
        assertThat(dashboard.get("uid").asText()).isEqualTo("wattledger");
        assertThat(dashboard.has("id")).isFalse();
        assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
    }

    @Test
    void everyDatasourceIsProvisioned() {
        var provisioned = new HashSet<String>();
        datasources
                .get("datasources")
                .forEach(source -> provisioned.add(
                        source.get("type").asText() + " " + source.get("uid").asText()));
        var used = new HashSet<String>();
        dashboard
                .findValues("datasource")
                .forEach(source -> used.add(
                        source.get("type").asText() + " " + source.get("uid").asText()));
        assertThat(used).isEqualTo(provisioned);
        for (var panel : dashboard.get("panels")) {
            for (var target : panel.path("targets")) {
                assertThat(target.get("datasource")).isEqualTo(panel.get("datasource"));
                assertThat(target.has("expr") || target.has("rawSql")).isTrue();
            }
        }
    }

    @Test
    void panelsAreToldApartAndDoNotOverlap() {
        var ids = new HashSet<Integer>();
        var taken = new HashSet<List<Integer>>();
        for (var panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as(panel.get("title").asText())
                    .isTrue();
            var at = panel.get("gridPos");
            int left = at.get("x").asInt();
            int top = at.get("y").asInt();
            assertThat(left + at.get("w").asInt()).isBetween(1, COLUMNS);
            for (int x = left; x < left + at.get("w").asInt(); x++) {
                for (int y = top; y < top + at.get("h").asInt(); y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as(panel.get("title").asText())
                            .isTrue();
                }
            }
        }
        assertThat(ids).hasSizeGreaterThan(40);
    }

    @Test
    void everyMetricIsOneThatWeWrite() throws IOException {
        var used = METRIC.matcher(dashboard.toString())
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
        used.removeIf(name -> name.equals("wattledger_"));
        assertThat(used).hasSizeGreaterThan(25);
        var sources = sources();
        assertThat(used)
                .allSatisfy(metric -> assertThat(isWritten(metric, sources)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wattledger_run_power", "wattledger_collector_samples", "wattledger_late", "wattledger_lag_total"
            })
    void aMetricThatNobodyWritesIsNoticed(String metric) throws IOException {
        assertThat(isWritten(metric, sources())).isFalse();
    }

    /** Of the sinks a metric has its whole name in the source, of the collector and the ledger what follows their prefix. */
    private static boolean isWritten(String metric, String sources) {
        var own = metric.replaceFirst("^wattledger_(collector_)?", "");
        return Stream.of(metric, own, own.replaceFirst("_total$", "").replace('_', '-'))
                .anyMatch(name -> sources.contains('"' + name + '"'));
    }

    private static String sources() throws IOException {
        var all = new StringBuilder();
        for (var folder : List.of(
                "sinks/src/main/java/io/wattledger/sinks/prometheus",
                "collector/src/main/java/io/wattledger/collector/health",
                "streams/src/main/java/io/wattledger/streams")) {
            try (var files = Files.walk(HOME.resolve(folder))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }
}
