package io.wattledger.cli.replay;

import static io.wattledger.cli.replay.ReplayFiles.QUARTER;
import static io.wattledger.cli.replay.ReplayFiles.power;
import static io.wattledger.cli.replay.ReplayFiles.replay;
import static io.wattledger.cli.replay.ReplayFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wattledger.accounting.replay.Gaps;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.DeviceKind;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiLogTest {
    @TempDir
    Path folder;

    private static long millijoules(RecordedPower power) {
        return replay(power, null, QUARTER).totals().energy().millijoules();
    }

    @Test
    void readsWhatItPrintsWithHeaderAndUnits() {
        var power = power(write(
                folder,
                "gpu.csv",
                "timestamp, index, power.draw [W], power.limit [W]",
                "2025/04/25 16:06:06.780, 0, 100.50 W, 300.00 W",
                "2025/04/25 16:06:06.781, 1, [N/A], 300.00 W",
                "2025/04/25 16:06:08.780, 0, 50.00 W, 300.00 W",
                "2025/04/25 16:06:08.781, 1, 10.00 W, 300.00 W",
                "2025/04/25 16:06:09.780, 0, 50.00 W, 300.00 W",
                "2025/04/25 16:06:09.781, 1, 10.00 W, 300.00 W"));
        var replay = replay(power, null, QUARTER);
        assertThat(replay.totals().energy().millijoules()).isEqualTo(201_000 + 50_000 + 10_000);
        assertThat(replay.recording().start())
                .isEqualTo(Instant.parse("2025-04-25T16:06:06.780Z").toEpochMilli());
        assertThat(replay.recording().gaps()).isEqualTo(new Gaps(1, 2000));
        assertThat(power.components()).singleElement().satisfies(component -> assertThat(component.kind())
                .isEqualTo(DeviceKind.GPU));
    }

    @Test
    void readsItWithoutHeaderOrUnits() {
        var bare = write(folder, "bare.csv", "2025/04/25 16:06:06.780, 10.5", "2025/04/25 16:06:07.780, 3");
        var units =
                write(folder, "units.csv", "2025/04/25 16:06:06.780, 3 %, 10.5 W", "2025/04/25 16:06:07.780, 3 %, 3 W");
        var noUnits = write(
                folder,
                "nounits.csv",
                "timestamp, power.draw [W]",
                "2025/04/25 16:06:06.780, 10.5",
                "2025/04/25 16:06:07.780, 3");
        assertThat(millijoules(power(bare))).isEqualTo(10_500);
        assertThat(millijoules(power(units))).isEqualTo(10_500);
        assertThat(millijoules(power(noUnits))).isEqualTo(10_500);
        assertThat(power(bare).rows()).isEqualTo(2);
    }

    @Test
    void refusesToGuessWhichColumnIsThePower() {
        var file = write(folder, "gpu.csv", "2025/04/25 16:06:06.780, 10.5 W, 300 W");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(file))
                .withMessageContaining("line 1 does not tell which column is the power");
    }

    @Test
    void aRowThatCannotBeUsedIsNamedWithItsLine() {
        var file = write(
                folder,
                "gpu.csv",
                "timestamp, power.draw [W]",
                "2025-04-25, 10.5 W",
                "2025/04/25 16:06:06.780",
                "x, 1 W");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(file))
                .withMessageContaining("line 2 has a timestamp of '2025-04-25'")
                .withMessageContaining("line 3 has 1 fields where the first line has 2");
    }

    @Test
    void theHourThatComesTwiceIsCountedTwice() {
        var lines = new String[2 + 4 * 60];
        lines[0] = "timestamp, power.draw [W]";
        // From 01:00 to 04:00 local time of the day daylight saving ends: four hours.
        int line = 1;
        for (var hour : new int[] {1, 2, 2, 3}) {
            for (int minute = 0; minute < 60; minute++) {
                lines[line++] = "2025/10/26 %02d:%02d:00.000, %d W".formatted(hour, minute, 100 + hour);
            }
        }
        lines[line] = "2025/10/26 04:00:00.000, 0 W";
        var power = power(write(folder, "gpu.csv", lines), Rows.OnError.fail, "Europe/Berlin");
        assertThat(millijoules(power)).isEqualTo((101 + 102 + 102 + 103) * 3_600_000L);
        assertThat(replay(power, null, QUARTER).recording().start())
                .isEqualTo(Instant.parse("2025-10-25T23:00:00Z").toEpochMilli());
    }
}
