package io.wattledger.collector.sensor.rapl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Cause;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sysfs.NumberFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaplSensorTest {
    /** Two sockets of an Intel server: memory is a domain of its own, in the folder of its package. */
    private static final String SERVER = """
            intel-rapl/enabled 1
            intel-rapl:0/name package-0
            intel-rapl:0/enabled 1
            intel-rapl:0/energy_uj 1000
            intel-rapl:0/max_energy_range_uj 262143328850
            intel-rapl:0/constraint_0_name long_term
            intel-rapl:0/constraint_0_power_limit_uw 205000000
            intel-rapl:0:0/name dram
            intel-rapl:0:0/energy_uj 300
            intel-rapl:0:0/max_energy_range_uj 65532610987
            intel-rapl:1/name package-1
            intel-rapl:1/energy_uj 2000
            intel-rapl:1/max_energy_range_uj 262143328850
            intel-rapl:1:0/name dram
            intel-rapl:1:0/energy_uj 600
            intel-rapl:1:0/max_energy_range_uj 65532610987
            """;

    /** A laptop: the platform has the index of a second socket, and the package is there a second time. */
    private static final String CLIENT = """
            intel-rapl/enabled 1
            intel-rapl:0/name package-0
            intel-rapl:0/energy_uj 9000
            intel-rapl:0/max_energy_range_uj 262143328850
            intel-rapl:0:0/name core
            intel-rapl:0:0/energy_uj 4000
            intel-rapl:0:0/max_energy_range_uj 262143328850
            intel-rapl:0:1/name uncore
            intel-rapl:0:1/energy_uj 500
            intel-rapl:0:1/max_energy_range_uj 262143328850
            intel-rapl:1/name psys
            intel-rapl:1/energy_uj 15000
            intel-rapl:1/max_energy_range_uj 262143328850
            intel-rapl-mmio/enabled 1
            intel-rapl-mmio:0/name package-0
            intel-rapl-mmio:0/energy_uj 9000
            intel-rapl-mmio:0/max_energy_range_uj 262143328850
            """;

    private static final Path RECORDED = recorded();

    @TempDir
    Path sys;

    /** Beside the checkout, wherever that is. */
    private static Path recorded() {
        var folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.isDirectory(folder.resolve("shared/data/real"))) {
            folder = folder.getParent();
        }
        return folder.resolve("shared/data/real/fixtures/sysfs");
    }

    @Test
    void readsPackageAndMemoryOfEachSocket() throws IOException {
        FakeSysfs.write(sys, SERVER);

        assertThat(values(probed()))
                .isEqualTo(Map.of("package-0", 1000L, "package-1", 2000L, "dram-0", 300L, "dram-1", 600L));
    }

    @Test
    void readsOneSocketAlone() throws IOException {
        FakeSysfs.write(sys, SERVER.lines().limit(10).collect(Collectors.joining("\n")));

        assertThat(devices())
                .containsExactly(
                        new Device("package-0", null, Component.CPU, "RAPL_POWERCAP"),
                        new Device("dram-0", null, Component.RAM, "RAPL_POWERCAP"));
    }

    @Test
    void tellsWhichDomainLiesInWhichAndLeavesTheDuplicateOut() throws IOException {
        FakeSysfs.write(sys, CLIENT);

        assertThat(devices())
                .containsExactly(
                        new Device("psys", null, Component.HOST, "RAPL_POWERCAP"),
                        new Device("package-0", null, Component.CPU, "RAPL_POWERCAP"),
                        new Device("core-0", "package-0", Component.CPU, "RAPL_POWERCAP"),
                        new Device("uncore-0", "package-0", Component.OTHER, "RAPL_POWERCAP"));
    }

    @Test
    void readsNoPlatformWhereEachSocketCountsOne() throws IOException {
        FakeSysfs.write(sys, CLIENT);
        FakeSysfs.write(sys, """
                intel-rapl:3/name psys-1
                intel-rapl:3/energy_uj 7
                intel-rapl:3/max_energy_range_uj 262143328850
                """);

        var available = (Available) new RaplSensor(sys).probe();

        assertThat(available.devices()).extracting(Device::name).containsExactly("package-0", "core-0", "uncore-0");
        assertThat(available.detail()).contains("without psys (2 of them count");
    }

    @Test
    void readsThePlatformWhereThatOfTheSecondSocketDoesNotCount() throws IOException {
        FakeSysfs.write(sys, CLIENT);
        FakeSysfs.write(sys, """
                intel-rapl:3/name psys-1
                intel-rapl:3/energy_uj 0
                intel-rapl:3/max_energy_range_uj 262143328850
                """);

        assertThat(devices()).extracting(Device::name).contains("psys");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsPackagesAndCoresOfAmd(int sockets) throws IOException {
        var expected = new ArrayList<String>();
        for (int socket = 0; socket < sockets; socket++) {
            FakeSysfs.write(sys, """
                    intel-rapl:%1$d/name package-%1$d
                    intel-rapl:%1$d/energy_uj 5%1$d000
                    intel-rapl:%1$d/max_energy_range_uj 65532610987
                    intel-rapl:%1$d:0/name core
                    intel-rapl:%1$d:0/energy_uj 4%1$d0
                    intel-rapl:%1$d:0/max_energy_range_uj 65532610987
                    """.formatted(socket));
            expected.add("package-" + socket);
            expected.add("core-" + socket);
        }

        assertThat(devices()).extracting(Device::name).containsExactlyElementsOf(expected);
        assertThat(devices()).extracting(Device::component).containsOnly(Component.CPU);
    }

    @Test
    void knowsThatIndicesAreHexadecimal() throws IOException {
        for (int socket = 0; socket < 18; socket++) {
            FakeSysfs.write(sys, """
                    intel-rapl:%1$x/name package-%1$d
                    intel-rapl:%1$x/energy_uj %2$d
                    intel-rapl:%1$x/max_energy_range_uj 262143328850
                    intel-rapl:%1$x:0/name dram
                    intel-rapl:%1$x:0/energy_uj %3$d
                    intel-rapl:%1$x:0/max_energy_range_uj 65532610987
                    """.formatted(socket, 1000 + socket, 2000 + socket));
        }

        var values = values(probed());

        assertThat(values).hasSize(36);
        for (int socket = 0; socket < 18; socket++) {
            assertThat(values).containsEntry("package-" + socket, 1000L + socket);
            assertThat(values).containsEntry("dram-" + socket, 2000L + socket);
        }
    }

    @Test
    void keepsTheFirstOfTwoDomainsOfOneName() throws IOException {
        FakeSysfs.write(sys, """
                intel-rapl:0/name package-0
                intel-rapl:0/energy_uj 100
                intel-rapl:0/max_energy_range_uj 65532610987
                intel-rapl:0:0/name core
                intel-rapl:0:0/energy_uj 10
                intel-rapl:0:0/max_energy_range_uj 65532610987
                intel-rapl:1/name package-0
                intel-rapl:1/energy_uj 900
                intel-rapl:1/max_energy_range_uj 65532610987
                intel-rapl:1:0/name core
                intel-rapl:1:0/energy_uj 90
                intel-rapl:1:0/max_energy_range_uj 65532610987
                """);

        assertThat(values(probed())).isEqualTo(Map.of("package-0", 100L, "core-0", 10L));
        assertThat(((Available) new RaplSensor(sys).probe()).detail())
                .contains("without a second package-0 (", "intel-rapl:1 has the name of one that is read already");
    }

    @Test
    void readsTheCounterThatTwoDiesShowOnce() throws IOException {
        FakeSysfs.write(sys, """
                intel-rapl:0/name package-0-die-0
                intel-rapl:0/energy_uj 100
                intel-rapl:0/max_energy_range_uj 65532610987
                intel-rapl:1/name package-0-die-1
                intel-rapl:1/energy_uj 100
                intel-rapl:1/max_energy_range_uj 65532610987
                intel-rapl:1:0/name core
                intel-rapl:1:0/energy_uj 90
                intel-rapl:1:0/max_energy_range_uj 65532610987
                """);

        assertThat(values(probed())).isEqualTo(Map.of("package-0-die-0", 100L));
        assertThat(((Available) new RaplSensor(sys).probe()).detail())
                .contains("package-0-die-1 (", "shows the same counter as package-0-die-0");
    }

    @Test
    void keepsPackagesOfDifferentNamesThatHappenToStandAlike() throws IOException {
        FakeSysfs.write(sys, """
                intel-rapl:0/name package-0
                intel-rapl:0/energy_uj 100
                intel-rapl:0/max_energy_range_uj 65532610987
                intel-rapl:1/name package-1
                intel-rapl:1/energy_uj 100
                intel-rapl:1/max_energy_range_uj 65532610987
                """);

        assertThat(values(probed())).containsOnlyKeys("package-0", "package-1");
    }

    @Test
    void takesTheRangeOfEachDomainFromTheKernel() throws IOException {
        FakeSysfs.write(sys, SERVER);

        var ranges = probed().read().stream()
                .map(EnergyCounter.class::cast)
                .collect(Collectors.toMap(counter -> counter.device().name(), EnergyCounter::rangeMicrojoules));

        assertThat(ranges).containsEntry("package-0", 262_143_328_850L).containsEntry("dram-0", 65_532_610_987L);
    }

    @Test
    void readsEachDieOfAPackage() throws IOException {
        FakeSysfs.write(sys, """
                intel-rapl:0/name package-0-die-0
                intel-rapl:0/energy_uj 1
                intel-rapl:0/max_energy_range_uj 100
                intel-rapl:1/name package-0-die-1
                intel-rapl:1/energy_uj 2
                intel-rapl:1/max_energy_range_uj 100
                intel-rapl:1:0/name dram
                intel-rapl:1:0/energy_uj 3
                intel-rapl:1:0/max_energy_range_uj 100
                """);

        assertThat(values(probed()))
                .isEqualTo(Map.of("package-0-die-0", 1L, "package-0-die-1", 2L, "dram-0-die-1", 3L));
    }

    @Test
    void isAbsentWithoutPowercap() {
        var unavailable = (Unavailable) new RaplSensor(sys.resolve("nowhere")).probe();

        assertThat(unavailable.reason()).contains("There is no", "nowhere/class/powercap");
        assertThat(unavailable.remedy()).contains("virtual machines", "modprobe intel_rapl_msr");
    }

    @Test
    void isAbsentWithoutPackages() throws IOException {
        FakeSysfs.write(sys, "intel-rapl-mmio:0/name package-0\nintel-rapl-mmio:0/energy_uj 7\n");

        assertThat(((Unavailable) new RaplSensor(sys).probe()).reason()).contains("holds no package domain");
    }

    @Test
    void isDeniedNotAbsentWhenItMayNotBeRead() throws IOException {
        FakeSysfs.write(sys, SERVER);
        var sensor = new RaplSensor(sys, denying("energy_uj"));

        var unavailable = (Unavailable) sensor.probe();

        assertThat(unavailable.reason())
                .contains("Cannot read", "intel-rapl:0/energy_uj (permission denied)", "intel-rapl:1/energy_uj");
        assertThat(unavailable.cause()).isEqualTo(Cause.DENIED);
        assertThat(unavailable.remedy()).contains("root", "CAP_DAC_READ_SEARCH");
    }

    @Test
    void readsWhatItMayAndNamesTheRest() throws IOException {
        FakeSysfs.write(sys, SERVER);

        var available = (Available) new RaplSensor(sys, denying("intel-rapl:0:0/energy_uj")).probe();

        assertThat(available.devices()).extracting(Device::name).containsExactly("package-0", "package-1", "dram-1");
        assertThat(available.detail()).contains("without", "intel-rapl:0:0/energy_uj (permission denied)");
        assertThat(available.deniedMore()).isTrue();
    }

    @Test
    void takesNoPartOfAPackageForTheWhole() throws IOException {
        FakeSysfs.write(sys, CLIENT);

        var available = (Available) new RaplSensor(sys, denying("intel-rapl:0/energy_uj")).probe();

        assertThat(available.devices()).extracting(Device::name).containsExactly("psys");
    }

    @Test
    void doesNotTakeACounterThatStandsAtZeroForAMeasurement() throws IOException {
        FakeSysfs.write(sys, SERVER);
        FakeSysfs.write(sys, "intel-rapl:0:0/energy_uj 0\nintel-rapl:1:0/energy_uj 0\n");

        var available = (Available) new RaplSensor(sys).probe();

        assertThat(available.devices()).extracting(Device::name).containsExactly("package-0", "package-1");
        assertThat(available.detail()).contains("stands at 0");
    }

    @Test
    void failsInsteadOfReadingZeroWhenTheCounterIsGone() throws IOException {
        FakeSysfs.write(
                sys, "intel-rapl:0/name package-0\nintel-rapl:0/energy_uj 7\nintel-rapl:0/max_energy_range_uj 9\n");
        var sensor = probed();
        Files.delete(sys.resolve("class/powercap/intel-rapl:0/energy_uj"));

        assertThatThrownBy(sensor::read).isInstanceOf(IOException.class).hasMessageContaining("energy_uj");
    }

    @Test
    void goesOnWithTheOtherDomainsWhenOneFails() throws IOException {
        FakeSysfs.write(sys, SERVER);
        var sensor = probed();
        FakeSysfs.write(sys, "intel-rapl:0/energy_uj garbage\n");

        assertThat(values(sensor)).containsOnlyKeys("package-1", "dram-0", "dram-1");

        FakeSysfs.write(sys, "intel-rapl:0/energy_uj 1001\n");

        assertThat(values(sensor)).containsEntry("package-0", 1001L);
    }

    @Test
    void goesOnWithThePackageWhenAPartOfItFails() throws IOException {
        FakeSysfs.write(sys, CLIENT);
        var sensor = probed();
        FakeSysfs.write(sys, "intel-rapl:0:0/energy_uj garbage\n");

        assertThat(values(sensor)).containsOnlyKeys("psys", "package-0", "uncore-0");
    }

    @Test
    void readsNothingUntilItIsProbedAgainOnceClosed() throws IOException {
        FakeSysfs.write(sys, CLIENT);
        var sensor = probed();
        sensor.close();

        assertThat(sensor.read()).isEmpty();

        sensor.probe();

        assertThat(values(sensor)).containsKey("psys");
    }

    /** Trees that other projects keep for their own tests. */
    @ParameterizedTest
    @CsvSource({
        "kepler-powercap, package-0 package-10 core-0",
        "node_exporter, package-0 core-0",
    })
    void readsRecordedTrees(String name, String expected) throws IOException {
        var recorded = RECORDED.resolve(name).resolve("sys");
        assumeTrue(Files.isDirectory(recorded), "There is no recorded tree " + recorded);
        try (var sensor = new RaplSensor(recorded)) {
            assertThat(sensor.probe()).isInstanceOf(Available.class);

            assertThat(values(sensor))
                    .containsOnlyKeys(expected.split(" "))
                    .containsEntry("package-0", 240_422_366_267L);
        }
    }

    private static NumberFile.Opener denying(String end) {
        return file -> {
            if (file.endsWith(end)) {
                throw new AccessDeniedException(file.toString());
            }
            return NumberFile.Opener.REAL.open(file);
        };
    }

    private List<Device> devices() {
        return ((Available) new RaplSensor(sys).probe()).devices();
    }

    private RaplSensor probed() {
        var sensor = new RaplSensor(sys);
        assertThat(sensor.probe()).isInstanceOf(Available.class);
        return sensor;
    }

    private static Map<String, Long> values(RaplSensor sensor) throws IOException {
        List<Reading> readings = sensor.read();
        return readings.stream()
                .map(EnergyCounter.class::cast)
                .collect(Collectors.toMap(counter -> counter.device().name(), EnergyCounter::microjoules));
    }
}
