package io.wattledger.cli.replay;

import static io.wattledger.cli.replay.ReplayFiles.BASE;
import static io.wattledger.cli.replay.ReplayFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out before there is any need for a ledger. */
class ReplayCommandTest {
    @TempDir
    Path folder;

    private Path power;

    @BeforeEach
    void power() {
        power = write(folder, "p.csv", "epoch_ms,watts", BASE + ",100", (BASE + 1000) + ",100");
    }

    private CommandRun replay(String... arguments) {
        var all = new ArrayList<>(
                List.of("replay", "--data-dir", folder.resolve("data").toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private void assertRefused(CommandRun run, int exitCode, String message) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("wattledger: ")
                .contains(message);
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pue 0.9                  | '0.9' is not a PUE, which is a number from 1 to 10",
                "--pue 10.5                 | '10.5' is not a PUE",
                "--pue 1.1234               | up to three decimals",
                "--pue high                 | 'high' is not a PUE",
                "--slot 7m                  | a slot is 5m, 15m, 30m or 1h",
                "--slot soon                | 'soon' is not a duration",
                "--max-gap 0s               | --max-gap is 0",
                "--on-error ignore          | --on-error",
                "--time-zone Middle/Earth   | 'Middle/Earth' is not a time zone such as Europe/Berlin",
                "--run _idle                | does not begin with _",
                "--zone Atlantis            | Unknown zone 'Atlantis'",
                "--zone XX-1                | Unknown zone 'XX-1'",
                "--output nowhere/out.csv   | is not a file in a folder that is there",
            })
    void wrongUsageIsOneLineAndExitCode2(String options, String message) {
        var arguments = new ArrayList<>(List.of("--power", power.toString()));
        if (!options.startsWith("--zone")) {
            arguments.addAll(List.of("--zone", "FR"));
        }
        arguments.addAll(List.of(options.split(" ")));
        assertRefused(replay(arguments.toArray(String[]::new)), 2, message);
    }

    @Test
    void aRecordingNeedsAZone() {
        assertRefused(replay("--power", power.toString()), 2, "Missing --zone: the recording does not say");
        var carbon = write(
                folder,
                "emissions.csv",
                "timestamp,duration,energy_consumed,country_iso_code",
                "2024-05-31T11:00:00,10,0.001,FRA",
                "2024-05-31T12:00:00,10,0.001,CAN");
        assertRefused(replay("--power", carbon.toString()), 2, "names 2 countries (FRA, CAN)");
    }

    @Test
    void whatCannotBeReadIsOneLineAndExitCode1AndStartsNothing() {
        var bad = write(folder, "bad.csv", "epoch_ms,watts", "x,1");
        assertRefused(replay("--power", bad.toString(), "--zone", "FR"), 1, "bad.csv: line 2 has an epoch_ms of 'x'");
        var odd = write(folder, "odd.csv", "epoch_ms,gco2_per_kwh", BASE + ",1", (BASE + 1) + ",2");
        assertRefused(
                replay("--power", power.toString(), "--zone", "FR", "--intensity", odd.toString()),
                1,
                "odd.csv fit no slot");
        assertRefused(
                replay("--power", power.toString(), "--zone", "FR", "--device", "x"), 1, "does not tell devices apart");
        var carbon = write(
                folder,
                "emissions.csv",
                "timestamp,duration,energy_consumed,country_iso_code,pue",
                "2024-05-31T11:00:00,10,0.001,FRA,1.3");
        assertRefused(replay("--power", carbon.toString(), "--pue", "1.2"), 1, "already include the PUE");
    }
}
