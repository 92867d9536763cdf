package io.wattledger.collector.sensor.rapl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaplSensorTest {
    private static final String SERVER = """
            intel-rapl/enabled 1
            intel-rapl:0/name package-0
            intel-rapl:0/energy_uj 1000
            intel-rapl:0/max_energy_range_uj 262143328850
            intel-rapl:0:0/name core
            intel-rapl:0:0/energy_uj 400
            intel-rapl:0:0/max_energy_range_uj 262143328850
            intel-rapl:0:1/name dram
            intel-rapl:0:1/energy_uj 300
            intel-rapl:0:1/max_energy_range_uj 65532610987
            intel-rapl:1/name psys
            intel-rapl:1/energy_uj 5000
            intel-rapl:1/max_energy_range_uj 262143328850
            intel-rapl:a/name package-1
            intel-rapl:a/energy_uj 2000
            intel-rapl:a/max_energy_range_uj 262143328850
            intel-rapl:a:0/name dram
            intel-rapl:a:0/energy_uj 600
            intel-rapl:a:0/max_energy_range_uj 65532610987
            intel-rapl-mmio:0/name package-0
            intel-rapl-mmio:0/energy_uj 1000
            intel-rapl-mmio:0/max_energy_range_uj 262143328850
            """;

    @TempDir
    Path sys;

    @Test
    void readsPackagesAndMemoryAndNothingElse() throws IOException {
        FakeSysfs.write(sys, SERVER);

        assertThat(values(probed()))
                .isEqualTo(Map.of("package-0", 1000L, "package-1", 2000L, "dram-0", 300L, "dram-1", 600L));
    }

    @Test
    void saysWhatItReads() throws IOException {
        FakeSysfs.write(sys, SERVER);

        var available = (Available) new RaplSensor(sys).probe();

        assertThat(available.devices())
                .contains(
                        new Device("package-0", null, Component.CPU, "RAPL_POWERCAP"),
                        new Device("dram-0", null, Component.RAM, "RAPL_POWERCAP"));
        assertThat(available.detail()).contains("package-0", "dram-1");
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
        var sensor = new RaplSensor(sys, file -> {
            if (file.endsWith("energy_uj")) {
                throw new AccessDeniedException(file.toString());
            }
            return Files.readString(file);
        });

        var unavailable = (Unavailable) sensor.probe();

        assertThat(unavailable.reason())
                .contains("Cannot read", "intel-rapl:0/energy_uj (permission denied)", "intel-rapl:a/energy_uj");
        assertThat(unavailable.remedy()).contains("root", "CAP_DAC_READ_SEARCH");
    }

    @Test
    void readsWhatItMayAndNamesTheRest() throws IOException {
        FakeSysfs.write(sys, SERVER);
        var sensor = new RaplSensor(sys, file -> {
            if (file.toString().contains("intel-rapl:0:1/energy_uj")) {
                throw new AccessDeniedException(file.toString());
            }
            return Files.readString(file);
        });

        var available = (Available) sensor.probe();

        assertThat(available.devices()).extracting(Device::name).containsExactly("package-0", "package-1", "dram-1");
        assertThat(available.detail()).contains("without", "intel-rapl:0:1/energy_uj (permission denied)");
    }

    @Test
    void doesNotTakeACounterThatStandsAtZeroForAMeasurement() throws IOException {
        FakeSysfs.write(sys, SERVER);
        FakeSysfs.write(sys, "intel-rapl:0:1/energy_uj 0\nintel-rapl:a:0/energy_uj 0\n");

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
