package io.wattledger.cli.replay;

import static io.wattledger.cli.replay.ReplayFiles.BASE;
import static io.wattledger.cli.replay.ReplayFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.cli.terminal.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntensityFileTest {
    private static final long MINUTE = 60_000;

    @TempDir
    Path folder;

    private IntensityFile file(long... minutes) {
        var lines = new String[minutes.length + 1];
        lines[0] = "epoch_ms,gco2_per_kwh";
        for (int i = 0; i < minutes.length; i++) {
            lines[i + 1] = (BASE + minutes[i] * MINUTE) + "," + i + ".5";
        }
        return IntensityFile.read(write(folder, "i.csv", lines), Rows.OnError.fail);
    }

    @ParameterizedTest
    @CsvSource({"60,60", "30,30", "90,30", "15,15", "45,15", "5,5", "20,5", "10,5"})
    void theSlotFollowsTheStep(int step, int slot) {
        var file = file(0, step, 2L * step, 600);
        assertThat(file.slot(null)).isEqualTo(new SlotLength(slot * MINUTE));
    }

    @Test
    void aShorterSlotMayBeWished() {
        var file = file(0, 60, 120);
        assertThat(file.slot(new SlotLength(5 * MINUTE))).isEqualTo(new SlotLength(5 * MINUTE));
    }

    @Test
    void refusesASeriesThatFitsNoSlotWithLineAndStamp() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> file(0, 60, 67, 120).slot(null))
                .withMessageContaining("Nothing was imported")
                .withMessageContaining("i.csv fit no slot of 5, 15, 30 or 60 minutes")
                .withMessageContaining("line 4 ")
                .withMessageContaining("2025-03-30T01:07:00Z")
                .withMessageContaining("epoch_ms " + (BASE + 67 * MINUTE));
    }

    @Test
    void refusesAWishedSlotThatIsTooLong() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> file(0, 15, 60).slot(new SlotLength(60 * MINUTE)))
                .withMessageContaining("fit no slot of 60 minutes")
                .withMessageContaining("line 3 ")
                .withMessageContaining("--slot");
    }

    @Test
    void takesProvidersManyDecimalsToTheMicrogram() {
        var file = IntensityFile.read(
                write(folder, "i.csv", "epoch_ms,gco2_per_kwh", BASE + ",104.33998898700072"), Rows.OnError.fail);
        assertThat(file.microgramsPerKwh().value(0)).isEqualTo(104_339_989);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "13579", "NaN", "", "many"})
    void refusesIntensitiesThatCannotBe(String value) {
        var file = write(folder, "i.csv", "epoch_ms,gco2_per_kwh", BASE + ",100", (BASE + 60 * MINUTE) + "," + value);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> IntensityFile.read(file, Rows.OnError.fail))
                .withMessageContaining("line 3 has ");
        var skipped = IntensityFile.read(file, Rows.OnError.skip);
        assertThat(skipped.skipped()).isEqualTo(1);
        assertThat(skipped.microgramsPerKwh().size()).isEqualTo(1);
    }

    @Test
    void refusesAnotherHeader() {
        var file = write(folder, "i.csv", "datetime,gco2_per_kwh", BASE + ",100");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> IntensityFile.read(file, Rows.OnError.fail))
                .withMessageContaining("should be the header epoch_ms,gco2_per_kwh");
    }
}
