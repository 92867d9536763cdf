package io.wattledger.cli;

import io.wattledger.collector.CollectorConfig;
import io.wattledger.grid.annual.AnnualIntensitySourceConnector;
import io.wattledger.grid.electricitymaps.ElectricityMapsSourceConnector;
import io.wattledger.grid.entsoe.EntsoeSourceConnector;
import io.wattledger.grid.location.LocationSettings;
import io.wattledger.grid.ownseries.OwnSeriesSourceConnector;
import io.wattledger.grid.ukcarbonintensity.UkCarbonIntensitySourceConnector;
import io.wattledger.grid.watttime.WattTimeSourceConnector;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.sinks.csv.CsvSinkConnector;
import io.wattledger.sinks.prometheus.PrometheusRemoteWriteSinkConnector;
import io.wattledger.sinks.prometheus.PrometheusScrapeSinkConnector;
import io.wattledger.sinks.logging.google.GoogleCloudLoggingSinkConnector;
import io.wattledger.sinks.logging.jsonlines.JsonLinesSinkConnector;
import io.wattledger.sinks.logging.loki.LokiSinkConnector;
import io.wattledger.sinks.logging.otlp.OtlpLogSinkConnector;
import io.wattledger.sinks.logging.syslog.SyslogSinkConnector;
import io.wattledger.sinks.webhook.WebhookSinkConnector;
import io.wattledger.streams.LedgerConfig;
import io.wattledger.testkit.Golden;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is written from the definitions, so that it cannot go stale. */
class ConfigurationPageTest {
    @Test
    void everySettingIsOnThePage() {
        Golden.check("docs/configuration.md", """
                # Settings

                Written by a test from the definitions in the code. Settings of Kafka's own clients go through behind
                `kafka.`. The options of the `wattledger` command are in its `--help`.

                %s
                """.formatted(String.join(
                        "\n",
                        section("Collector", "`wattledger collector --set KEY=VALUE`.", CollectorConfig.definition()),
                        section(
                                "Location of a host",
                                "In the collector's settings, or as variables: `WATTLEDGER_LOCATION_CLOUD` for"
                                        + " `location.cloud`.",
                                LocationSettings.definition()),
                        section("Streams application", "`wattledger streams`.", LedgerConfig.definition()),
                        section(
                                "Schema-registry client",
                                "Of serdes and converters; under the names that Confluent's client has.",
                                RegistryConfig.definition()),
                        section(
                                "Source connector of annual intensities",
                                "`connector.class=" + AnnualIntensitySourceConnector.class.getName() + "`.",
                                new AnnualIntensitySourceConnector().config()),
                        section(
                                "Source connector of Electricity Maps",
                                "`connector.class=" + ElectricityMapsSourceConnector.class.getName() + "`.",
                                new ElectricityMapsSourceConnector().config()),
                        section(
                                "Source connector of the UK Carbon Intensity API",
                                "`connector.class=" + UkCarbonIntensitySourceConnector.class.getName() + "`.",
                                new UkCarbonIntensitySourceConnector().config()),
                        section(
                                "Source connector of ENTSO-E",
                                "`connector.class=" + EntsoeSourceConnector.class.getName() + "`.",
                                new EntsoeSourceConnector().config()),
                        section(
                                "Source connector of WattTime",
                                "`connector.class=" + WattTimeSourceConnector.class.getName() + "`.",
                                new WattTimeSourceConnector().config()),
                        section(
                                "Source connector of your own series",
                                "`connector.class=" + OwnSeriesSourceConnector.class.getName() + "`.",
                                new OwnSeriesSourceConnector().config()),
                        section(
                                "CSV sink connector",
                                "`connector.class=" + CsvSinkConnector.class.getName() + "`.",
                                new CsvSinkConnector().config()),
                        section(
                                "Prometheus sink connector, remote write",
                                "`connector.class=" + PrometheusRemoteWriteSinkConnector.class.getName() + "`.",
                                new PrometheusRemoteWriteSinkConnector().config()),
                        section(
                                "Prometheus sink connector, scrape",
                                "`connector.class=" + PrometheusScrapeSinkConnector.class.getName() + "`.",
                                new PrometheusScrapeSinkConnector().config()),
                        section(
                                "Webhook sink connector",
                                "`connector.class=" + WebhookSinkConnector.class.getName() + "`. Headers are named by"
                                        + " settings, too: `webhook.header.NAME`.",
                                new WebhookSinkConnector().config()),
                        section(
                                "OTLP log sink connector",
                                "`connector.class=" + OtlpLogSinkConnector.class.getName() + "`. Headers and attributes of"
                                        + " the resource are named by settings, too: `otlp.header.NAME`,"
                                        + " `otlp.resource.NAME`.",
                                new OtlpLogSinkConnector().config()),
                        section(
                                "Google Cloud Logging sink connector",
                                "`connector.class=" + GoogleCloudLoggingSinkConnector.class.getName() + "`. Labels of the"
                                        + " resource are named by settings, too: `google.resource.label.NAME`.",
                                new GoogleCloudLoggingSinkConnector().config()),
                        section(
                                "Loki sink connector",
                                "`connector.class=" + LokiSinkConnector.class.getName() + "`. Headers and labels of your"
                                        + " own are named by settings, too: `loki.header.NAME`, `loki.label.NAME`.",
                                new LokiSinkConnector().config()),
                        section(
                                "Syslog sink connector",
                                "`connector.class=" + SyslogSinkConnector.class.getName() + "`.",
                                new SyslogSinkConnector().config()),
                        section(
                                "JSON lines sink connector",
                                "`connector.class=" + JsonLinesSinkConnector.class.getName() + "`.",
                                new JsonLinesSinkConnector().config()))
                .strip()));
    }

    private static String section(String title, String where, ConfigDef definition) {
        return "## " + title + "\n\n" + where + "\n\n| setting | type | default | meaning |\n|---|---|---|---|\n"
                + definition.configKeys().values().stream()
                        .sorted(Comparator.comparing((ConfigDef.ConfigKey key) -> key.hasDefault())
                                .thenComparing(key -> key.name))
                        .map(ConfigurationPageTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(ConfigDef.ConfigKey key) {
        var type = key.type.name().toLowerCase(Locale.ROOT);
        var limits = key.validator == null ? "" : ", " + key.validator;
        return "| `%s` | %s%s | %s | %s |\n"
                .formatted(
                        key.name,
                        type,
                        limits.replace("|", "\\|"),
                        defaultValue(key),
                        key.documentation.replace("|", "\\|"));
    }

    private static String defaultValue(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        var value = key.defaultValue instanceof Password password ? password.value() : key.defaultValue;
        boolean isNone = value == null || value.toString().isEmpty() || value.equals(List.of());
        return isNone ? "none" : "`" + value + "`";
    }
}
