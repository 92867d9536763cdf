package io.wattledger.collector.sensor.hwmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HwmonMeterSensorTest {
    private static final String ACPI = "LNXSYSTM:00/LNXSYBUS:00/ACPI000D:0";

    @TempDir
    Path sys;

    private FakeHwmon hwmon;
    private HwmonMeterSensor sensor;

    @BeforeEach
    void sensor() {
        hwmon = new FakeHwmon(sys);
        sensor = new HwmonMeterSensor(sys);
    }

    @AfterEach
    void close() {
        sensor.close();
    }

    /** Up to now the driver puts its files beside the device and none into its own folder. */
    private void acpi(int number, String oemInfo, long microwatts) throws IOException {
        hwmon.chip(number, ACPI + number, """
                device/name power_meter
                device/power1_average %d
                device/power1_average_interval 1000
                device/power1_accuracy 98.0%%
                device/power1_is_battery 0
                device/power1_oem_info %s
                """.formatted(microwatts, oemInfo));
    }

    @Test
    void readsAnAcpiMeterAsTheWholeHost() throws IOException {
        acpi(2, "", 412_000_000);

        assertThat(available().devices()).containsExactly(new Device("host", null, Component.HOST, "ACPI_POWER_METER"));
        assertThat(available().detail()).contains("power1_average, the mean of 1000 ms");
        assertThat(sensor.read()).singleElement().isInstanceOfSatisfying(PowerLevel.class, level -> {
            assertThat(level.power()).isEqualTo(new Power(412_000));
            assertThat(level.bandThousandths()).isEqualTo(20);
        });
    }

    @Test
    void readsAnAcpiMeterThatHasItsFilesInItsOwnFolder() throws IOException {
        hwmon.chip(0, ACPI + "0", "name power_meter\npower1_average 99000000\n");

        available();

        assertThat(powers()).isEqualTo(Map.of("host", new Power(99_000)));
    }

    @Test
    void tellsWhatLiesInWhatOnGrace() throws IOException {
        acpi(0, "CPU Power Socket 0", 120_000_000);
        acpi(1, "Module Power Socket 0", 600_000_000);
        acpi(2, "SysIO Power Socket 0", 20_000_000);
        acpi(3, "Grace Power Socket 0", 180_000_000);
        acpi(4, "CPU Power Socket 1", 110_000_000);
        acpi(5, "Grace Power Socket 1", 170_000_000);

        assertThat(available().devices())
                .containsExactlyInAnyOrder(
                        new Device("module-0", null, Component.OTHER, "ACPI_POWER_METER"),
                        new Device("grace-0", "module-0", Component.OTHER, "ACPI_POWER_METER"),
                        new Device("cpu-socket-0", "grace-0", Component.CPU, "ACPI_POWER_METER"),
                        new Device("sysio-0", "grace-0", Component.OTHER, "ACPI_POWER_METER"),
                        new Device("grace-1", null, Component.OTHER, "ACPI_POWER_METER"),
                        new Device("cpu-socket-1", "grace-1", Component.CPU, "ACPI_POWER_METER"));
        assertThat(powers()).containsEntry("module-0", new Power(600_000)).containsEntry("sysio-0", new Power(20_000));
    }

    @Test
    void putsSocketsIntoTheHostWhereThatIsMeteredToo() throws IOException {
        acpi(0, "Grace Power Socket 0", 180_000_000);
        acpi(1, "Chassis", 700_000_000);

        assertThat(available().devices())
                .extracting(Device::name, Device::parent)
                .containsExactly(tuple("host", null), tuple("grace-0", "host"));
    }

    @Test
    void takesNoSocketItDoesNotKnowForTheHost() throws IOException {
        acpi(0, "DRAM Power Socket 0", 40_000_000);

        assertThat(unavailable().reason()).contains("'DRAM Power Socket 0'", "not known");
    }

    @Test
    void readsOneOfTwoMetersOfTheHost() throws IOException {
        acpi(0, "", 400_000_000);
        acpi(1, "", 410_000_000);

        assertThat(available().devices()).hasSize(1);
        assertThat(available().detail()).contains("without", "ACPI000D:01", "the host is read from");
        assertThat(powers()).isEqualTo(Map.of("host", new Power(400_000)));
    }

    @Test
    void leavesBatteriesOut() throws IOException {
        acpi(0, "", 400_000_000);
        hwmon.write(0, "device/power1_is_battery", "1");

        assertThat(unavailable().reason()).contains("holds no power meter");
    }

    @Test
    void readsTheSystemOfAnOcc() throws IOException {
        hwmon.chip(5, "platform/occ-hwmon.1", """
                name occ
                power1_label proc
                power1_input 90000000
                power2_label system
                power2_input 480000000
                """);

        assertThat(available().devices()).containsExactly(new Device("host", null, Component.HOST, "HWMON_OCC"));
        assertThat(powers()).isEqualTo(Map.of("host", new Power(480_000)));
    }

    @Test
    void readsTheSocketsOfAmpere() throws IOException {
        for (int socket = 0; socket < 2; socket++) {
            hwmon.chip(6 - socket, "platform/APMC0D29:0" + socket, """
                    name apm_xgene
                    power1_label CPU power
                    power1_input 8%d000000
                    power2_label IO power
                    power2_input 3%d000000
                    """.formatted(socket, socket));
        }

        assertThat(available().devices())
                .contains(
                        new Device("cpu-socket-1", null, Component.CPU, "HWMON_XGENE"),
                        new Device("io-socket-1", null, Component.OTHER, "HWMON_XGENE"));
        assertThat(powers())
                .isEqualTo(Map.of(
                        "cpu-socket-0",
                        new Power(80_000),
                        "io-socket-0",
                        new Power(30_000),
                        "cpu-socket-1",
                        new Power(81_000),
                        "io-socket-1",
                        new Power(31_000)));
    }

    @Test
    void multipliesVoltageAndCurrentOfTheRailsOfAJetson() throws IOException {
        hwmon.chip(1, "platform/bus@0/c240000.i2c/i2c-1/1-0040", """
                name ina3221
                in1_label VDD_IN
                in1_input 5072
                curr1_input 1424
                in2_label VDD_CPU_GPU_CV
                in2_input 5064
                curr2_input 0
                in3_label VDD_SOC
                in3_input 5064
                curr3_input 384
                in7_label sum of shunt voltages
                in7_input 18
                """);

        assertThat(available().devices())
                .containsExactly(
                        new Device("host", null, Component.HOST, "HWMON_INA3221"),
                        new Device("rail-vdd-cpu-gpu-cv", "host", Component.OTHER, "HWMON_INA3221"),
                        new Device("rail-vdd-soc", "host", Component.OTHER, "HWMON_INA3221"));
        assertThat(powers())
                .isEqualTo(Map.of(
                        "host", new Power(7_223), "rail-vdd-cpu-gpu-cv", Power.ZERO, "rail-vdd-soc", new Power(1_945)));
    }

    @Test
    void readsNoRailsWhoseWholeIsNotKnown() throws IOException {
        hwmon.chip(1, "platform/bus@0/c240000.i2c/i2c-1/1-0040", """
                name ina3221
                in1_label VDD_GPU_SOC
                in1_input 19000
                curr1_input 200
                in2_label NC
                """);

        assertThat(unavailable().reason()).contains("VDD_GPU_SOC", "no rail of the whole board");
    }

    @Test
    void addsUpWhatThePowerSuppliesDraw() throws IOException {
        supply(0, "0058", 210_000_000);
        supply(1, "0059", 190_000_000);
        hwmon.chip(2, "pci0000:00/0000:00:1f.4/i2c-0/0-0060", """
                name tps53679
                power1_label pin
                power1_input 150000000
                """);

        assertThat(available().devices()).containsExactly(new Device("host", null, Component.HOST, "HWMON_PMBUS"));
        assertThat(powers()).isEqualTo(Map.of("host", new Power(400_000)));
    }

    @Test
    void doesNotAddUpSuppliesOfWhichOneDoesNotAnswer() throws IOException {
        supply(0, "0058", 210_000_000);
        supply(1, "0059", 190_000_000);
        available();
        hwmon.write(1, "power1_input", "");

        assertThatThrownBy(sensor::read).isInstanceOf(IOException.class).hasMessageContaining("host");
    }

    private void supply(int number, String address, long microwatts) throws IOException {
        hwmon.chip(number, "pci0000:00/0000:00:1f.4/i2c-0/0-" + address, """
                name cffps2
                power1_label pin
                power1_input %d
                power2_label pout1
                power2_input 150000000
                """.formatted(microwatts));
    }

    @Test
    void readsADesktopSupply() throws IOException {
        hwmon.chip(4, "pci0000:00/0000:00:14.0/usb1/1-9/1-9:1.0/0003:1B1C:1C07.0005", """
                name corsairpsu
                power1_label power total
                power1_input 165000000
                power2_label power +12v
                power2_input 120000000
                """);

        available();

        assertThat(powers()).isEqualTo(Map.of("host", new Power(165_000)));
        assertThat(sensor.read().get(0).bandThousandths()).isEqualTo(100);
    }

    @Test
    void noRunningMachineStandsAtZero() throws IOException {
        acpi(0, "", 400_000_000);
        available();
        hwmon.write(0, "device/power1_average", "0");

        assertThatThrownBy(sensor::read).hasMessageContaining("0 W");

        hwmon.write(0, "device/power1_average", "4294967295000");

        assertThatThrownBy(sensor::read).hasMessageContaining("4294967.295 W");
    }

    @Test
    void aMeterThatDoesNotAnswerIsMissingAndTheOthersAreRead() throws IOException {
        acpi(0, "CPU Power Socket 0", 120_000_000);
        acpi(1, "Grace Power Socket 0", 180_000_000);
        available();
        hwmon.write(0, "device/power1_average", "");

        assertThat(powers()).containsOnlyKeys("grace-0");
    }

    @Test
    void saysWhyAMeterThatIsThereCannotBeRead() throws IOException {
        acpi(0, "", 1);
        hwmon.breakFile(0, "device/power1_average");

        assertThat(unavailable().reason()).contains("Cannot read host", "Is a directory");
    }

    @Test
    void isAbsentWithoutTheTreeOrAMeter() throws IOException {
        assertThat(unavailable().reason()).contains("There is no");

        hwmon.chip(0, "platform/coretemp.0", "name coretemp\ntemp1_input 55000\n");

        assertThat(unavailable().reason()).contains("holds no power meter", "[coretemp]");
        assertThat(unavailable().remedy()).contains("modprobe acpi_power_meter");
    }

    @Test
    void isDeniedNotAbsentWhenItMayNotBeRead() throws IOException {
        acpi(0, "", 400_000_000);
        sensor = new HwmonMeterSensor(sys, file -> {
            throw new AccessDeniedException(file.toString());
        });

        assertThat(unavailable().reason()).contains("host", "power1_average: permission denied");
        assertThat(unavailable().remedy()).contains("udev");
    }

    private Available available() {
        return (Available) sensor.probe();
    }

    private Unavailable unavailable() {
        return (Unavailable) sensor.probe();
    }

    private Map<String, Power> powers() throws IOException {
        return sensor.read().stream()
                .map(PowerLevel.class::cast)
                .collect(Collectors.toMap(level -> level.device().name(), PowerLevel::power));
    }
}
