package io.wattledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Options of commands that are environment variables. */
class VariablesTest {
    private static final Map<String, String> CLUSTER = Map.of(
            "WATTLEDGER_BOOTSTRAP_SERVERS", "kafka:9092",
            "WATTLEDGER_SCHEMA_REGISTRY", "http://registry:8081");

    @ParameterizedTest
    @ValueSource(
            strings = {"streams", "connect", "run -- true", "report", "audit", "topics check", "registry", "collector"})
    void aVariableStandsForItsOption(String command) {
        assertThat(value(CLUSTER, "--bootstrap-servers", command)).isEqualTo("kafka:9092");
    }

    @Test
    void anOptionGoesBeforeItsVariable() {
        assertThat(value(CLUSTER, "--bootstrap-servers", "streams --bootstrap-servers other:9092"))
                .isEqualTo("other:9092");
    }

    @Test
    void emptyCountsAsNotSet() {
        var environment = new HashMap<>(CLUSTER);
        environment.put("WATTLEDGER_LISTEN", "");
        assertThat(value(environment, "--listen", "streams")).isEqualTo("127.0.0.1");
        environment.put("WATTLEDGER_LISTEN", "0.0.0.0");
        assertThat(value(environment, "--listen", "streams")).isEqualTo("0.0.0.0");
        assertThat(value(environment, "--listen", "connect")).isEqualTo("0.0.0.0");
    }

    @Test
    void severalValuesAreSeparatedByCommas() {
        var environment = new HashMap<>(CLUSTER);
        environment.put("WATTLEDGER_CONNECTORS", "/etc/a.json,/etc/more");
        environment.put("WATTLEDGER_PLUGIN_PATH", "/opt/plugins");
        assertThat(value(environment, "--connectors", "connect")).isEqualTo("[/etc/a.json, /etc/more]");
        assertThat(value(environment, "--plugin-path", "connect")).isEqualTo("[/opt/plugins]");
    }

    /** It would change the cluster instead of printing. */
    @Test
    void noVariableMakesAclsOnACluster() {
        assertThat(value(CLUSTER, "--bootstrap-servers", "acls")).isEqualTo("null");
    }

    @Test
    void whatIsMissingIsNamedWithItsVariable() {
        assertThat(missing(Map.of("WATTLEDGER_SCHEMA_REGISTRY", " "), "streams"))
                .isEqualTo("wattledger: Missing --bootstrap-servers (or the variable WATTLEDGER_BOOTSTRAP_SERVERS) and"
                        + " --schema-registry (or the variable WATTLEDGER_SCHEMA_REGISTRY)"
                        + " (see `wattledger streams --help`)");
        assertThat(missing(Map.of("WATTLEDGER_BOOTSTRAP_SERVERS", "kafka:9092"), "connect"))
                .startsWith("wattledger: Missing --schema-registry (or the variable WATTLEDGER_SCHEMA_REGISTRY)");
        assertThat(missing(Map.of("WATTLEDGER_BOOTSTRAP_SERVERS", "kafka:9092"), "report"))
                .contains("give both, or the variables");
    }

    @Test
    void howToLogInCountsForTheCollectorWhereItsFileDoesNotSay(@TempDir Path folder) throws IOException {
        var client = Files.writeString(folder.resolve("client.properties"), "security.protocol=SASL_SSL\n");
        var environment = Map.of("WATTLEDGER_CLIENT_CONFIG", client.toString());
        var cluster = "data.dir=/d\nzone=FR\nbootstrap.servers=kafka:9092\nschema.registry.url=http://registry:8081\n";

        assertThat(collectorSettings(environment, folder, cluster))
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("kafka.security.protocol", "SASL_SSL");
        assertThat(collectorSettings(environment, folder, cluster + "kafka.security.protocol=SSL\n"))
                .containsEntry("kafka.security.protocol", "SSL");
        assertThat(collectorSettings(environment, folder, "data.dir=/d\nzone=FR\n"))
                .as("the embedded stack has no need of it")
                .doesNotContainKey("kafka.security.protocol");
    }

    /** What the collector would start with. */
    private static Properties collectorSettings(Map<String, String> environment, Path folder, String file)
            throws IOException {
        var config = Files.writeString(folder.resolve("collector.properties"), file);
        var written = folder.resolve("written.properties");
        var exitCode = Main.commandLine(environment)
                .execute("collector", "--config", config.toString(), "--write-settings", written.toString());
        assertThat(exitCode).isZero();
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(written)) {
            settings.load(reader);
        }
        return settings;
    }

    private static String missing(Map<String, String> environment, String... command) {
        var err = new StringWriter();
        var exitCode = Main.commandLine(environment)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setErr(new PrintWriter(err, true))
                .execute(command);
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString().strip();
    }

    /** What an option has as its value once the command line is parsed. */
    private static String value(Map<String, String> environment, String option, String commandLine) {
        var words = Arrays.asList(commandLine.split(" "));
        var parsed = Main.commandLine(environment).parseArgs(words.toArray(String[]::new));
        var command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        Object value = command.commandSpec().findOption(option).getValue();
        return String.valueOf(value);
    }
}
