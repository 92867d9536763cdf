package io.wattledger.cli.replay;

import static io.wattledger.cli.replay.ReplayFiles.BASE;
import static io.wattledger.cli.replay.ReplayFiles.QUARTER;
import static io.wattledger.cli.replay.ReplayFiles.power;
import static io.wattledger.cli.replay.ReplayFiles.replay;
import static io.wattledger.cli.replay.ReplayFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wattledger.accounting.replay.Gaps;
import io.wattledger.accounting.replay.StepSeries;
import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerFileTest {
    @TempDir
    Path folder;

    private long millijoules(RecordedPower power) {
        return replay(power, null, QUARTER).totals().energy().millijoules();
    }

    @Test
    void eachValueHoldsUntilTheNextOneOfItsDeviceAndTheLastAddsNothing() {
        var file = write(
                folder,
                "p.csv",
                "epoch_ms,watts,device",
                BASE + ",10,a",
                (BASE + 500) + ",1.5,b",
                (BASE + 1000) + ",20,a",
                (BASE + 2500) + ",99,b",
                (BASE + 3000) + ",99,a");
        assertThat(millijoules(power(file))).isEqualTo(10_000 + 40_000 + 3_000);
        assertThat(millijoules(power(file).select(Set.of("b")))).isEqualTo(3_000);
        assertThat(power(file).rows()).isEqualTo(5);
    }

    @Test
    void orderOfRowsAndColumnsByteOrderMarkQuotesAndCompressionDoNotMatter() {
        var plain = write(folder, "p.csv", "epoch_ms,watts", BASE + ",10", (BASE + 1000) + ",20", (BASE + 2000) + ",0");
        var odd = write(
                folder,
                "q.csv",
                "\uFEFFWatts , \"epoch_ms\",,note,",
                "20," + (BASE + 1000) + ",,x,",
                "",
                "0," + (BASE + 2000) + ",,\"a, b\"",
                "10.0,\"" + BASE + "\",,\r");
        var expected = replay(power(plain), null, QUARTER).session();
        assertThat(replay(power(odd), null, QUARTER).session()).isEqualTo(expected);
        assertThat(replay(power(ReplayFiles.gzip(odd)), null, QUARTER).session())
                .isEqualTo(expected);
    }

    @Test
    void aLaterRowOfTheSameStampWins() {
        var file = write(folder, "p.csv", "epoch_ms,watts", BASE + ",10", (BASE + 1000) + ",7", BASE + ",30");
        assertThat(millijoules(power(file))).isEqualTo(30_000);
    }

    @Test
    void negativeWattsAreAGap() {
        var file = write(
                folder,
                "p.csv",
                "epoch_ms,watts",
                BASE + ",10",
                (BASE + 1000) + ",-2",
                (BASE + 3000) + ",10",
                (BASE + 4000) + ",0");
        var replay = replay(power(file), null, QUARTER);
        assertThat(replay.totals().energy().millijoules()).isEqualTo(20_000);
        assertThat(replay.recording().gaps()).isEqualTo(new Gaps(1, 2000));
        assertThat(power(file).skipped()).isZero();
    }

    @Test
    void aHoldThatIsTooLongIsAGap() {
        var file = write(folder, "p.csv", "epoch_ms,watts", BASE + ",10", (BASE + 1000) + ",10", (BASE + 9000) + ",10");
        var cut = power(file).withoutHoldsLongerThan(Duration.ofSeconds(5));
        assertThat(millijoules(cut)).isEqualTo(10_000);
        assertThat(replay(cut, null, QUARTER).recording().gaps()).isEqualTo(new Gaps(1, 8000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1750000000000             | has 1 fields where the header has 2",
                "1750000000000,1,2         | has 3 fields where the header has 2",
                "1750000000000,            | watts of ''",
                "1750000000000,NaN         | watts of 'NaN'",
                "1750000000000,12 W        | watts of '12 W'",
                "1750000000000,1e6000      | watts of '1e6000'",
                "1750000000000,1000000.1   | more than the 1 MW",
                "soon,1                    | epoch_ms of 'soon'",
                "1750000000000.5,1         | epoch_ms of '1750000000000.5'",
                "-1,1                      | which cannot be right; stamps are milliseconds",
                "1750000000,1              | is of 1970-01-21T06:06:40Z, which cannot be right",
                "1790000000000,1           | which is yet to come",
            })
    void aRowThatCannotBeUsedIsNamedWithItsLineAndLeftOutOnlyWhenThatIsWished(String row, String reason) {
        var file = write(
                folder, "p.csv", "epoch_ms,watts", BASE + ",10", row, (BASE + 1000) + ",10", (BASE + 2000) + ",10");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(file))
                .withMessageContaining("Nothing was imported")
                .withMessageContaining("p.csv: line 3 ")
                .withMessageContaining(reason)
                .withMessageContaining("--on-error skip");
        var skipped = power(file, Rows.OnError.skip, "UTC");
        assertThat(skipped.skipped()).isEqualTo(1);
        assertThat(skipped.rows()).isEqualTo(4);
        assertThat(skipped.problems()).contains("line 3", reason);
        assertThat(millijoules(skipped)).isEqualTo(20_000);
    }

    @Test
    void aDeviceColumnHasADeviceInEachRow() {
        var file = write(folder, "p.csv", "epoch_ms,watts,device", BASE + ",10,");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(file))
                .withMessageContaining("line 2 has no device");
    }

    @Test
    void manyBadRowsAreCountedAndTheFirstOnesShown() {
        var lines = new String[20];
        Arrays.fill(lines, "x,y");
        lines[0] = "epoch_ms,watts";
        var file = write(folder, "p.csv", lines);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(file))
                .withMessageContaining("line 6 ")
                .withMessageContaining("and 14 more")
                .withMessageNotContaining("line 7 ");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(file, Rows.OnError.skip, "UTC"))
                .withMessageContaining("none of the 19 rows can be used");
    }

    @Test
    void aFileWithoutContentHeaderOrRowsIsRefused() throws IOException {
        assertRefused(Files.createFile(folder.resolve("empty.csv")), "is empty");
        assertRefused(write(folder, "blank.csv", "", " "), "is empty");
        assertRefused(write(folder, "header.csv", "epoch_ms,watts"), "has a header but no rows");
        assertRefused(write(folder, "none.csv", BASE + ",10"), "which is no header we know");
        assertRefused(folder.resolve("nowhere.csv"), "there is no such file");
        assertRefused(folder, "Cannot read");
        var packed = ReplayFiles.gzip(write(folder, "whole.csv", "epoch_ms,watts", BASE + ",10"));
        var cut = Arrays.copyOf(Files.readAllBytes(packed), 20);
        assertRefused(Files.write(folder.resolve("cut.csv.gz"), cut), "is it complete?");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> power(file)).withMessageContaining(reason);
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedWithThoseThatAre() {
        var one = write(folder, "one.csv", "epoch_ms,watts", BASE + ",10");
        var two = write(folder, "two.csv", "epoch_ms,watts,device", BASE + ",10,a", BASE + ",10,b");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(one).select(Set.of("x")))
                .withMessageContaining("does not tell devices apart");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(two).select(Set.of("x")))
                .withMessageContaining("no device 'x'")
                .withMessageContaining("a, b");
    }

    @Test
    void aSingleValueIsARecordingWithoutEnergy() {
        var power = power(write(folder, "p.csv", "epoch_ms,watts", BASE + ",10"));
        assertThat(power.devices())
                .singleElement()
                .satisfies(device -> assertThat(device.nanowatts().value(0)).isNotEqualTo(StepSeries.NONE));
        assertThat(replay(power, null, QUARTER).totals().samples()).isZero();
    }
}
