package io.wattledger.cli.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without a stack; with one: {@link IntensityIT}. */
class IntensityCommandTest {
    @TempDir
    private Path folder;

    private CommandRun intensity(String... arguments) {
        var all = new ArrayList<>(
                List.of("intensity", "--data-dir", folder.resolve("none").toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void showsAnnualValuesWithoutAStackAndStartsNone() {
        var run = intensity("France");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "zone     FR (France)",
                        "in       WORLD (World)",
                        "now      56 g/kWh   annual average, France 2023, Ember via OWID",
                        "the embedded stack is not up: wattledger up starts it");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void showsTheWholeLadderAndThatMethodsAreNotMixed() throws IOException {
        var run = intensity("US-CA", "--json");
        var json = new ObjectMapper().readTree(run.out());

        assertThat(json.get("now").get("zone").asText()).isEqualTo("US");
        assertThat(json.get("annual").findValuesAsText("zone")).containsExactly("US", "US-CA", "WORLD");
        assertThat(json.get("annual").findValuesAsText("method")).containsExactly("lifecycle", "direct", "lifecycle");
        assertThat(json.get("live")).isEmpty();
        assertThat(json.get("connected").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Frnace                                | Unknown zone 'Frnace'; did you mean FR (France)?
        Georgia                               | 'Georgia' is the name of 2 zones; use the id of one
        FR --from 2026-03-02 --to 2026-03-01  | --from 2026-03-02T00:00:00Z is not before --to 2026-03-01T00:00:00Z
        FR --from 2026-03-02T12:00            | Invalid value for option '--from': '2026-03-02T12:00' does not say in
        """)
    void wrongUsageIsExplained(String arguments, String message) {
        var run = intensity(arguments.split(" +"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("wattledger: " + message);
    }

    @Test
    void doesNotTakeAStackThatHasDiedForOneThatIsUp() throws IOException {
        Files.createDirectories(folder.resolve("none"));
        Files.writeString(folder.resolve("none/stack.properties"), "pid=1\npid.started=never\nbootstrap.servers=x:1\n");

        assertThat(intensity("FR").out()).contains("the embedded stack is not up");
    }
}
