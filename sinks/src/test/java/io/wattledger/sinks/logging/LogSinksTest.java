package io.wattledger.sinks.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.sinks.logging.google.GoogleCloudLoggingSinkConnector;
import io.wattledger.sinks.logging.jsonlines.JsonLinesSinkConnector;
import io.wattledger.sinks.logging.loki.LokiSinkConnector;
import io.wattledger.sinks.logging.otlp.OtlpLogSinkConnector;
import io.wattledger.sinks.logging.syslog.SyslogSinkConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The connectors and their settings. */
class LogSinksTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> connectors() {
        return Stream.of(
                Arguments.of(new OtlpLogSinkConnector(), Map.of("otlp.url", "https://localhost/v1/logs")),
                Arguments.of(new GoogleCloudLoggingSinkConnector(), Map.of("google.project", "p")),
                Arguments.of(new LokiSinkConnector(), Map.of("loki.url", "https://localhost/loki/api/v1/push")),
                Arguments.of(new SyslogSinkConnector(), Map.of("syslog.host", "localhost")),
                Arguments.of(new JsonLinesSinkConnector(), Map.of("jsonlines.file", "-")));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void areFoundAndStartWithFewSettings(SinkConnector connector, Map<String, String> settings) {
        connector.start(settings);

        assertThat(ServiceLoader.load(SinkConnector.class).stream().map(ServiceLoader.Provider::type))
                .contains(connector.getClass());
        assertThat(connector.taskConfigs(2)).containsExactly(settings, settings);
        assertThat(connector.taskClass().getSimpleName()).endsWith("SinkTask");
        assertThat(connector.version()).matches("\\d+\\.\\d+.*");
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void nameEverySettingThatIsWrong(SinkConnector connector, Map<String, String> settings) {
        var own = settings.keySet().iterator().next();
        var family = own.substring(0, own.indexOf('.'));

        assertThatThrownBy(() -> connector.start(Map.of(family + ".tpyo", "x", "logs.content", "runs,days", own, "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Unknown setting " + family + ".tpyo")
                .hasMessageContaining("logs.content")
                .hasMessageContaining(own);
    }

    @Test
    void aLogIsToHaveContent() {
        assertThatThrownBy(() -> new JsonLinesSinkConnector().start(Map.of("jsonlines.file", "-", "logs.content", "")))
                .hasMessageContaining("logs.content");
    }

    @Test
    void oneFileHasOneTask() {
        var connector = new JsonLinesSinkConnector();

        connector.start(Map.of("jsonlines.file", folder.resolve("f").toString()));

        assertThat(connector.taskConfigs(8)).hasSize(1);
        assertThatThrownBy(() -> connector.start(Map.of("jsonlines.file", folder.toString())))
                .hasMessageContaining("no folder");
    }

    @Test
    void aKeyIsLookedAtBeforeTheStartAndNeverShown() throws Exception {
        var file = Files.writeString(folder.resolve("key.json"), "{\"private_key\": \"-----SECRET");

        assertThatThrownBy(() -> startGoogle(file))
                .hasMessageContaining("it is no JSON")
                .hasMessageNotContaining("SECRET");
        Files.writeString(
                file,
                "{\"client_email\": \"a\", \"private_key_id\": \"1\", \"token_uri\": \"http://x\", \"private_key\":"
                        + " \"SECRET\"}");
        assertThatThrownBy(() -> startGoogle(file))
                .hasMessageContaining("no RSA key in PKCS #8")
                .hasMessageNotContaining("SECRET");
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> startGoogle(file)).hasMessageContaining("it has no client_email");
        assertThatThrownBy(() -> startGoogle(folder.resolve("none")))
                .hasMessageContaining("google.credentials.file: Cannot read " + folder.resolve("none"));
    }

    private static void startGoogle(Path key) {
        new GoogleCloudLoggingSinkConnector()
                .start(Map.of("google.project", "p", "google.credentials.file", key.toString()));
    }

    @Test
    void lokisLabelsAreNames() {
        assertThatThrownBy(() -> new LokiSinkConnector()
                        .start(Map.of("loki.url", "http://x/", "loki.labels", "run", "loki.label.a-b", "x")))
                .hasMessageContaining("loki.labels");
        assertThatThrownBy(() -> new LokiSinkConnector().start(Map.of("loki.url", "http://x/", "loki.label.a-b", "x")))
                .hasMessageContaining("loki.label.a-b: a label's name");
    }
}
