package io.wattledger.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.doctor.Diagnosis.State;
import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.survey.SensorChoice;
import io.wattledger.collector.survey.SensorSurvey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorCheckUpTest {
    private final SensorChoice choice = SensorChoice.usual();

    @Test
    void absentDeniedAndSilentAreThreeAnswers() {
        assertThat(of("rapl", Unavailable.absent("No counters.", "Load it.")))
                .isEqualTo(Diagnosis.absent("processor energy (RAPL)", "No counters. Load it."));

        var denied = of("rapl", Unavailable.denied("May not read it.", "Be root."));
        assertThat(denied.state()).isEqualTo(State.ill);
        assertThat(denied.commands())
                .anySatisfy(command -> assertThat(command)
                        .contains("z /sys/class/powercap/intel-rapl:*/energy_uj 0440 root wattledger")
                        .contains("/etc/tmpfiles.d/"))
                .anySatisfy(command -> assertThat(command).contains("CAP_DAC_READ_SEARCH"));

        var silent = of("rapl", Unavailable.silent("It stands at 0.", "Ask the kernel."));
        assertThat(silent.state()).isEqualTo(State.ill);
        assertThat(silent.found()).contains("stands at 0", "leave rapl out of sensors");
        assertThat(silent.commands()).isEmpty();
    }

    @Test
    void whatWorksInPartIsToBeMended() {
        assertThat(of("rapl", new Available(List.of(), "package-0")).state()).isEqualTo(State.well);

        var partly = of("rapl", new Available(List.of(), "package-0; without dram-0 (permission denied)", true));
        assertThat(partly.state()).isEqualTo(State.ill);
        assertThat(partly.found()).contains("dram-0");
        assertThat(partly.commands()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ipmi, 70-wattledger-ipmi.rules", "nvml, usermod"})
    void everyDeviceThatBelongsToRootComesWithWhatLetsTheGroupUseIt(String sensor, String command) {
        assertThat(of(sensor, Unavailable.denied("May not.", "Be in the group."))
                        .commands())
                .anySatisfy(line -> assertThat(line).contains(command, "wattledger"));
    }

    /** The commands must parse, even those that are not to be run here. */
    @Test
    void theCommandsAreOnesThatAShellTakes() throws Exception {
        for (var sensor : List.of("rapl", "ipmi", "nvml")) {
            for (var command : of(sensor, Unavailable.denied("", "")).commands()) {
                var shell = new ProcessBuilder("sh", "-n", "-c", command).start();
                assertThat(shell.waitFor()).as(command).isZero();
            }
        }
    }

    /** The doctor tells what the collector would find, with the sensors themselves, in a tree of files. */
    @Test
    void saysWhatTheSurveyOfTheCollectorFinds(@TempDir Path sys) throws IOException {
        var domain = Files.createDirectories(sys.resolve("class/powercap/intel-rapl:0"));
        Files.writeString(domain.resolve("name"), "package-0\n");
        Files.writeString(domain.resolve("energy_uj"), "0\n");
        Files.writeString(domain.resolve("max_energy_range_uj"), "9\n");

        assertThat(rapl(sys).state()).isEqualTo(State.ill);
        assertThat(rapl(sys).found()).contains("stands at 0");

        Files.writeString(domain.resolve("energy_uj"), "7\n");

        assertThat(rapl(sys).state()).isEqualTo(State.well);
        assertThat(rapl(sys).found()).contains("package-0");
    }

    private Diagnosis rapl(Path sys) {
        var tree = choice.at(sys);
        return SensorCheckUp.diagnose(SensorSurvey.ofThisHost(tree).answers(), tree).stream()
                .filter(diagnosis -> diagnosis.subject().contains("RAPL"))
                .findFirst()
                .orElseThrow();
    }

    private Diagnosis of(String sensor, Availability answer) {
        return SensorCheckUp.diagnose(Map.of(sensor, answer), choice).get(0);
    }
}
