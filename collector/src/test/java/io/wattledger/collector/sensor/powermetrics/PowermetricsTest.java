package io.wattledger.collector.sensor.powermetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import io.wattledger.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowermetricsTest {
    /** In the form of an M1 with macOS 12. */
    private static final String M1 = """
            Machine model: MacBookAir10,1

            *** Sampled system activity (Fri Nov 10 12:37:08 2023 +0100) (104.51ms elapsed) ***

            **** Processor usage ****

            E-Cluster Power: 105 mW
            E-Cluster HW active frequency: 1483 MHz
            P-Cluster Power: 842 mW
            ANE Power: 0 mW
            DRAM Power: 220 mW
            CPU Power: 947 mW
            GPU Power: 153 mW
            Package Power: 1473 mW

            *** Sampled system activity (Fri Nov 10 12:37:08 2023 +0100) (104.81ms elapsed) ***

            **** Processor usage ****

            E-Cluster Power: 67 mW
            P-Cluster Power: 353 mW
            ANE Power: 12 mW
            DRAM Power: 162 mW
            CPU Power: 420 mW
            GPU Power: 67 mW
            Package Power: 773 mW
            """;

    /** In the form of an M2 with macOS 14, where the GPU has a chapter of its own and memory is no longer told. */
    private static final String M2 = """
            *** Sampled system activity (Tue Mar  5 10:00:00 2024 +0100) (1003.21ms elapsed) ***

            CPU Power: 1520 mW
            GPU Power: 45 mW
            ANE Power: 0 mW
            Combined Power (CPU + GPU + ANE): 1565 mW

            **** GPU usage ****

            GPU HW active frequency: 444 MHz
            GPU idle residency:  95.02%
            GPU Power: 45 mW
            """;

    private static final String INTEL = """
            *** Sampled system activity (Tue Mar  5 10:00:00 2024 +0100) (1003.21ms elapsed) ***

            **** Processor usage ****

            Intel energy model derived package power (CPUs+GT+SA): 7.35W

            LLC flushed residency: 12.2%
            """;

    private static final String PLIST = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
            <key>is_delta</key><true/>
            <key>elapsed_ns</key><integer>204510000</integer>
            <key>processor</key>
            <dict>
            <key>clusters</key><array><dict><key>name</key><string>E-Cluster</string><key>power</key><real>105</real></dict></array>
            <key>ane_energy</key><integer>0</integer>
            <key>ane_power</key><real>0</real>
            <key>cpu_energy</key><integer>311</integer>
            <key>cpu_power</key><real>1520.73</real>
            <key>gpu_power</key><real>45.2</real>
            <key>combined_power</key><real>1565.93</real>
            </dict>
            </dict>
            </plist>
            """;

    @Test
    void readsTheLastSampleOfText() throws IOException {
        assertPowers(
                PowermetricsOutput.parse(M1),
                tuple("ane", 12L),
                tuple("dram", 162L),
                tuple("cpu", 420L),
                tuple("gpu-0", 67L));
        assertPowers(PowermetricsOutput.parse(M2), tuple("cpu", 1520L), tuple("gpu-0", 45L), tuple("ane", 0L));
    }

    @Test
    void readsThePackageOfIntelProcessors() throws IOException {
        assertPowers(PowermetricsOutput.parse(INTEL), tuple("cpu", 7350L));
        assertPowers(
                PowermetricsOutput.parse("<plist><dict><key>package_watts</key><real>7.351</real></dict></plist>"),
                tuple("cpu", 7351L));
    }

    @Test
    void readsTheLastOfSeveralPlists() throws IOException {
        var earlier = PLIST.replace("1520.73", "99");

        assertPowers(
                PowermetricsOutput.parse(earlier + "\0" + PLIST + "\0"),
                tuple("ane", 0L),
                tuple("cpu", 1521L),
                tuple("gpu-0", 45L));
    }

    @Test
    void takesOutputWithoutPowerForAGap() {
        assertThatThrownBy(() -> PowermetricsOutput.parse("powermetrics must be invoked as the superuser\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be invoked as the superuser");
        assertThatThrownBy(() -> PowermetricsOutput.parse("")).hasMessageContaining("printed nothing");
    }

    @Test
    void readsARecordedLog() throws IOException {
        var log = Golden.root().resolve("../shared/data/real/fixtures/sensors_other_os/mock_powermetrics_log.txt");
        assumeTrue(Files.exists(log), "no recorded log here");

        assertThat(PowermetricsOutput.parse(Files.readString(log)))
                .extracting(reading -> reading.device().name())
                .containsExactlyInAnyOrder("cpu", "gpu-0", "ane", "dram");
    }

    @Test
    void runsTheCommand(@TempDir Path folder) throws IOException {
        var output = Files.writeString(folder.resolve("output"), PLIST + "\0");
        assumeTrue(Files.isExecutable(Path.of("/bin/cat")), "there is no /bin/cat");
        var sensor = new PowermetricsSensor("Mac OS X", "root", List.of("/bin/cat", output.toString()));

        assertThat(sensor.probe()).isInstanceOf(Available.class);
        assertPowers(sensor.read(), tuple("ane", 0L), tuple("cpu", 1521L), tuple("gpu-0", 45L));

        Files.delete(output);
        assertThatThrownBy(sensor::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/bin/cat ended with status 1");
    }

    @Test
    void isForRootOnMacsOnly() {
        assertThat(new PowermetricsSensor("Linux", "root", List.of("false")).probe())
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains("This is Linux"));
        assertThat(new PowermetricsSensor("Mac OS X", "ada", List.of("false")).probe())
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.remedy())
                        .contains("as root"));
    }

    private static void assertPowers(List<Reading> readings, Tuple... powers) {
        assertThat(readings)
                .extracting(
                        reading -> reading.device().name(),
                        reading -> ((PowerLevel) reading).power().milliwatts())
                .containsExactly(powers);
    }
}
