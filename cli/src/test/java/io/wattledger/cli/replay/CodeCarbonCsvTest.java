package io.wattledger.cli.replay;

import static io.wattledger.cli.replay.ReplayFiles.QUARTER;
import static io.wattledger.cli.replay.ReplayFiles.power;
import static io.wattledger.cli.replay.ReplayFiles.replay;
import static io.wattledger.cli.replay.ReplayFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.cli.terminal.Failure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCarbonCsvTest {
    private static final String HEADER = "timestamp,project_name,run_id,duration,emissions,cpu_energy,gpu_energy,"
            + "ram_energy,energy_consumed,country_name,country_iso_code,cpu_model,pue";

    @TempDir
    Path folder;

    private static long[] millijoules(RecordedPower power) {
        var sums = new long[4];
        replay(power, null, QUARTER).recording().forEach((start, end, parts) -> {
            for (int i = 0; i < parts.length; i++) {
                sums[i] += parts[i];
            }
        });
        return sums;
    }

    @Test
    void aRowIsAPeriodThatEndsAtItsStampWithTheEnergyOfItsComponents() {
        var power = power(write(
                folder,
                "emissions.csv",
                HEADER,
                "2024-05-31T10:39:13,demo,a,355.46638011932373,3.4e-05,0.0001342166896178,8.236909446627563e-05,"
                        + "0.0001882034335533,0.0004047892176375,France,FRA,\"Core i7, 8 cores\",1.0"));
        assertThat(millijoules(power)).containsExactly(483_180, 296_529, 677_532, 0);
        var replay = replay(power, null, QUARTER);
        assertThat(replay.recording().end())
                .isEqualTo(Instant.parse("2024-05-31T10:39:13Z").toEpochMilli());
        assertThat(replay.recording().end() - replay.recording().start()).isEqualTo(355_466);
        assertThat(power.claims().project()).isEqualTo("demo");
        assertThat(power.claims().countries()).containsExactly("FRA");
        assertThat(power.claims().energy()).isEqualTo(new Energy(1_457_241));
        assertThat(power.claims().emissions()).isEqualTo(new Emissions(34_000));
        assertThat(power.claims().pueApplied()).isFalse();
    }

    @Test
    void olderFilesHaveOnlyTheWholeEnergy() {
        var power = power(write(
                folder,
                "old.csv",
                ",timestamp,experiment_id,project_name,duration,emissions,energy_consumed,country",
                "0,2020-03-23 09:26:11,x,demo,34,8,0.001,Canada"));
        assertThat(millijoules(power)).containsExactly(0, 0, 0, 3_600_000);
        assertThat(power.claims().countries()).containsExactly("Canada");
    }

    @Test
    void ofOverlappingRowsOfOneRunTheLastCounts() {
        var power = power(write(
                folder,
                "emissions.csv",
                HEADER,
                "2024-05-31T11:00:10,demo,a,10,1,0,0,0.001,0.001,France,FRA,x,1",
                "2024-05-31T11:00:20,demo,a,20,2,0,0,0.003,0.003,France,FRA,x,1",
                "2024-05-31T11:00:30,demo,b,10,2,0,0,0.005,0.005,France,FRA,x,1.5",
                "2024-05-31T12:00:00,other,a,10,2,0,0,0.007,0.007,Canada,CAN,x,1",
                "2024-05-31T12:00:00,other,,10,2,0,0,0.011,0.011,Canada,CAN,x,1"));
        assertThat(millijoules(power)[2]).isEqualTo((3 + 5 + 7 + 11) * 3_600_000L);
        assertThat(power.claims().project()).isNull();
        assertThat(power.claims().countries()).containsExactly("FRA", "CAN");
        assertThat(power.claims().pueApplied()).isTrue();
    }

    @Test
    void aRowThatCannotBeUsedIsNamedWithItsLine() {
        var lines = new ArrayList<>(List.of(HEADER));
        lines.add("26:11.7,demo,a,10,1,0,0,0.001,0.001,France,FRA,x,1");
        lines.add("2024-05-31T11:00:10,demo,a,0,1,0,0,0.001,0.001,France,FRA,x,1");
        lines.add("2024-05-31T11:00:10,demo,a,long,1,0,0,0.001,0.001,France,FRA,x,1");
        lines.add("2024-05-31T11:00:10,demo,a,10,1,0,-1,0.001,0.001,France,FRA,x,1");
        lines.add("2024-05-31T11:00:10,demo,a,10,1,,0,0.001,,France,FRA,x,1");
        assertReasons(
                lines,
                "line 2 has a timestamp of '26:11.7'",
                "line 3 has a duration of '0' s",
                "line 4 has a duration of 'long'",
                "line 5 has gpu_energy of -1",
                "line 6 has neither all of");
        assertReasons(
                List.of(
                        HEADER,
                        "2024-05-31T11:00:10,demo,a,10,1,0,0,0.001,France,FRA,x,1",
                        "2024-05-31T11:00:10,demo,a,10,1,0,0,9,9,France,FRA,x,1",
                        "2024-05-31T11:00:10,demo,a,10,1,0,0,much,9,France,FRA,x,1"),
                "line 2 has 12 fields where the header has 13",
                "line 3 has 9 kWh in 10000 ms",
                "line 4 has ram_energy of 'much'");
    }

    private void assertReasons(List<String> lines, String... reasons) {
        var file = write(folder, "bad.csv", lines.toArray(String[]::new));
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> power(file))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(reasons));
    }
}
