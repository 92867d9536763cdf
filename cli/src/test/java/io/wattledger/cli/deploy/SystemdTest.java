package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The units are sound, and what they run may do no more than it needs. */
class SystemdTest {
    private static final Path FOLDER = Path.of("..", "deploy", "systemd");
    private static final String COLLECTOR = "wattledger-collector.service";
    private static final String STREAMS = "wattledger-streams.service";
    private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)");

    @TempDir
    Path folder;

    private record Said(int code, String text) {}

    @ParameterizedTest
    @ValueSource(strings = {COLLECTOR, STREAMS})
    void isSound(String unit) throws Exception {
        var said = analyze("verify", "--man=no", copy(unit, ""));
        assertThat(said.text().lines().filter(line -> line.contains("wattledger")))
                .isEmpty();
        assertThat(said.code()).as(said.text()).isZero();
    }

    @Test
    void whatIsNotSoundIsNoticed() throws Exception {
        var said = analyze("verify", "--man=no", copy(STREAMS, "[Service]\nMemoryMaximum=1G\nRestart=sometimes\n"));
        assertThat(said.text()).contains("MemoryMaximum").contains("sometimes");
    }

    /** From 0 to 10; systemd calls 2 to 4 OK. The collector sees the processes of others and devices of the host. */
    @ParameterizedTest
    @CsvSource({COLLECTOR + ", 2.4", STREAMS + ", 1.5"})
    void isExposedLittle(String unit, double most) throws Exception {
        var said = analyze("security", "--offline=true", "--no-pager", copy(unit, ""));
        assumeTrue(!said.text().contains("unrecognized option"), "systemd-analyze is too old for this");
        var level = EXPOSURE.matcher(said.text());
        assertThat(level.find()).as(said.text()).isTrue();
        assertThat(Double.parseDouble(level.group(1))).as(said.text()).isLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {COLLECTOR, STREAMS})
    void wrongSettingsAreNotTriedForEver(String unit) throws IOException {
        assertThat(lines(unit)).contains("RestartPreventExitStatus=2", "SuccessExitStatus=143", "TimeoutStopSec=30");
    }

    @Test
    void theCollectorHasNoPrivileges() throws IOException {
        assertThat(lines(COLLECTOR))
                .contains("User=wattledger", "CapabilityBoundingSet=")
                .noneMatch(line -> line.startsWith("AmbientCapabilities"));
    }

    @Test
    void streamsKeepsItsStateAndNoSecret() throws IOException {
        assertThat(lines(STREAMS))
                .contains(
                        "DynamicUser=yes",
                        "StateDirectory=wattledger-streams",
                        "Environment=WATTLEDGER_DATA_DIR=%S/wattledger-streams",
                        "LoadCredential=client.properties:/etc/wattledger/streams-client.properties",
                        "Environment=WATTLEDGER_CLIENT_CONFIG=%d/client.properties");
    }

    @Test
    void theExampleOfStreamsHasOptionsThatExist() throws IOException {
        var options = lines("streams.env").stream()
                .filter(line -> line.startsWith("#WATTLEDGER_STREAMS_OPTIONS="))
                .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                .toList();
        assertThat(options).hasSize(1);
        StreamsSettings.check(List.of(options.get(0).split(" ")));
    }

    /** Only the command and the page are not where they will be. */
    private String copy(String unit, String more) throws IOException {
        var text = String.join("\n", lines(unit))
                .replaceAll("(?m)^ExecStart=\\S+", "ExecStart=/bin/true")
                .replaceAll("(?m)^Documentation=.*\n", "");
        return Files.writeString(folder.resolve(unit), text + "\n" + more).toString();
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file));
    }

    private static Said analyze(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "systemd-analyze is not installed");
            throw e;
        }
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assumeTrue(!text.contains("Failed to initialize manager"), "systemd-analyze does not work here: " + text);
        return new Said(code, text);
    }
}
