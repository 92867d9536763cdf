package io.wattledger.cli.replay;

import static io.wattledger.cli.replay.ReplayFiles.QUARTER;
import static io.wattledger.cli.replay.ReplayFiles.power;
import static io.wattledger.cli.replay.ReplayFiles.replay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.cli.terminal.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings that nobody here made, in the folder that an environment variable names; skipped where there is none. */
class RealRecordingsTest {
    private static final String VARIABLE = "WATTLEDGER_REAL_DATA";
    private static final SlotLength HOUR = new SlotLength(3_600_000);

    private static Path folder;

    @BeforeAll
    static void folder() {
        var named = System.getenv(VARIABLE);
        assumeThat(named).as("%s names a folder with real recordings", VARIABLE).isNotNull();
        folder = Path.of(named);
    }

    private static Path file(String name) {
        var file = folder.resolve(name);
        assumeThat(Files.exists(file)).as("%s is there", file).isTrue();
        return file;
    }

    private static double kilowattHours(RecordedPower power) {
        return replay(power, null, QUARTER).totals().energy().kilowattHours().doubleValue();
    }

    /** Against the totals that the submitters of two MLPerf trainings have printed themselves. */
    @ParameterizedTest
    @CsvSource({
        "power/mlperf-train-v4.0-smc64-llama2lora-a.csv.gz, 10.57, 0.1",
        "power/mlperf-train-v4.0-smc64-llama2lora-b.csv.gz, 10.34, 0.01"
    })
    void sixtyFourHostsComeToWhatTheirOwnersSay(String name, double expected, double tolerance) {
        var power = power(file(name));
        assertThat(power.devices()).hasSize(64);
        assertThat(kilowattHours(power)).isCloseTo(expected, within(tolerance));
    }

    @Test
    void nestedDomainsAreChosenByName() {
        var power = power(file("power/powerstat-idle-os.csv.gz"));
        var psys = power.devices().stream()
                .map(RecordedPower.Device::name)
                .filter(name -> name.contains("psys"))
                .findFirst()
                .orElseThrow();
        assertThat(kilowattHours(power.select(Set.of(psys)))).isBetween(0.0001, kilowattHours(power));
    }

    @Test
    void theLogOfAGpuIsThatOfItsConvertedValues() {
        var log = power(file("fixtures/nvidia_smi_logs/gpu_log.csv.gz"));
        var values = power(file("power/nvidia-smi-plato-5s.csv.gz"));
        assertThat(log.rows()).isEqualTo(1923);
        assertThat(replay(log, null, QUARTER).totals())
                .isEqualTo(replay(values, null, QUARTER).totals());
    }

    @Test
    void codeCarbonsOwnExampleComesToItsOwnEnergy() {
        var power = power(
                file("fixtures/codecarbon/codecarbon-examples_HEAD_v2.4.3rc1.csv"), Rows.OnError.skip, "Europe/Paris");
        assertThat(power.rows()).isEqualTo(28);
        assertThat(power.skipped()).as("rows without energies").isEqualTo(2);
        assertThat(power.claims().countries()).containsExactly("FRA");
        var claimed = power.claims().energy();
        assertThat(claimed).isNotNull();
        assertThat(kilowattHours(power)).isCloseTo(claimed.kilowattHours().doubleValue(), within(1e-5));
        assertThat(power(file("fixtures/codecarbon/codecarbon-tests_valid_headers_38cols.csv"))
                        .skipped())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "intensity/FR.csv.gz, 60",
        "intensity/GB.2017-2020-30min-neso-actual.csv.gz, 30",
        "intensity/DE.2022-15min-production.csv.gz, 15"
    })
    void theSlotFollowsTheStep(String name, int minutes) {
        var file = IntensityFile.read(file(name), Rows.OnError.fail);
        assertThat(file.slot(null).millis()).isEqualTo(minutes * 60_000L);
    }

    @Test
    void irregularStampsFitNoSlot() {
        var file = IntensityFile.read(file("intensity/US-NY-NYIS.2025-02-5min-derived.csv.gz"), Rows.OnError.fail);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> file.slot(null))
                .withMessageContaining("line 302 ");
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> file.slot(HOUR));
    }

    @Test
    void anOutlierIsNamedAndLeftOutOnlyWhenWished() {
        var name = file("intensity/GB.2017-2020-30min-neso-forecast.csv.gz");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> IntensityFile.read(name, Rows.OnError.fail))
                .withMessageContaining("13579 g/kWh");
        assertThat(IntensityFile.read(name, Rows.OnError.skip).skipped()).isEqualTo(4);
    }
}
