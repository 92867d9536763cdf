package io.wattledger.collector.sensor.hwmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Cause;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
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

class HwmonGpuSensorTest {
    private static final String FIRST = "pci0000:00/0000:00:01.1/0000:03:00.0";
    private static final String SECOND = "pci0000:40/0000:40:01.1/0000:43:00.0";

    @TempDir
    Path sys;

    private FakeHwmon hwmon;
    private HwmonGpuSensor sensor;

    @BeforeEach
    void sensor() {
        hwmon = new FakeHwmon(sys);
        sensor = new HwmonGpuSensor(sys);
    }

    @AfterEach
    void close() {
        sensor.close();
    }

    @Test
    void readsThePowerOfCardsOfAmd() throws IOException {
        hwmon.chip(0, "virtual/thermal/thermal_zone0", "name acpitz\ntemp1_input 27800\n");
        hwmon.chip(3, FIRST, "name amdgpu\npower1_average 183456789\npower1_cap 300000000\nin0_label vddgfx\n");
        hwmon.chip(1, SECOND, "name amdgpu\npower1_input 90000000\n");

        assertThat(available().devices())
                .containsExactly(
                        new Device("gpu-amd-0", null, Component.GPU, "HWMON_AMDGPU"),
                        new Device("gpu-amd-1", null, Component.GPU, "HWMON_AMDGPU"));
        assertThat(powers()).isEqualTo(Map.of("gpu-amd-0", new Power(183_457), "gpu-amd-1", new Power(90_000)));
    }

    @Test
    void numbersCardsByTheirAddressWhateverTheirFolder() throws IOException {
        hwmon.chip(9, "pci0000:00/0000:00:03.0/0000:0a:00.0", "name amdgpu\npower1_average 2000000\n");
        hwmon.chip(2, "pci0000:00/0000:00:08.0/0000:05:00.0", "name amdgpu\npower1_average 1000000\n");

        available();

        assertThat(powers()).isEqualTo(Map.of("gpu-amd-0", new Power(1_000), "gpu-amd-1", new Power(2_000)));
    }

    @Test
    void readsTheEnergyOfCardsOfIntel() throws IOException {
        hwmon.chip(1, FIRST, "name i915\nenergy1_input 123456789\n");
        hwmon.chip(2, FIRST, "name i915_gt0\nenergy1_input 999\n");
        hwmon.chip(
                4, SECOND, "name xe\nenergy1_label card\nenergy1_input 5000\nenergy2_label pkg\nenergy2_input 4000\n");

        assertThat(available().devices())
                .extracting(Device::name, Device::method)
                .containsExactly(tuple("gpu-intel-0", "HWMON_I915"), tuple("gpu-intel-1", "HWMON_XE"));
        assertThat(sensor.read())
                .map(EnergyCounter.class::cast)
                .extracting(EnergyCounter::microjoules)
                .containsExactly(123_456_789L, 5_000L);
        assertThat(sensor.read()).map(EnergyCounter.class::cast).allMatch(counter -> counter.rangeMicrojoules() == 0);
    }

    @Test
    void readsTheChipWhereTheCardIsNotCounted() throws IOException {
        hwmon.chip(1, FIRST, "name xe\nenergy1_input 0\nenergy2_input 4000\n");
        hwmon.chip(2, SECOND, "name xe\nenergy2_input 7000\n");

        available();

        assertThat(sensor.read())
                .map(EnergyCounter.class::cast)
                .extracting(EnergyCounter::microjoules)
                .containsExactly(4_000L, 7_000L);
    }

    @Test
    void doesNotTakeACounterThatStandsAtZeroForAMeasurement() throws IOException {
        hwmon.chip(1, FIRST, "name i915\nenergy1_input 0\n");

        assertThat(unavailable().reason()).contains("i915 0000:03:00.0", "that counts");
    }

    @Test
    void doesNotWakeACardThatIsSuspended() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\npower1_average 7000000\ndevice/power/runtime_status suspended\n");
        sensor = new HwmonGpuSensor(sys, file -> fail(file + " was opened"));

        assertThat(available().devices()).extracting(Device::name).containsExactly("gpu-amd-0");
        assertThatThrownBy(sensor::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gpu-amd-0")
                .hasMessageContaining("suspended");
    }

    @Test
    void readsACardFromWhenItIsAwake() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\npower1_average 7000000\ndevice/power/runtime_status suspended\n");
        hwmon.chip(4, SECOND, "name amdgpu\npower1_average 9000000\ndevice/power/runtime_status active\n");
        available();

        assertThat(powers()).containsOnlyKeys("gpu-amd-1");

        hwmon.write(3, "device/power/runtime_status", "active");

        assertThat(powers()).containsOnlyKeys("gpu-amd-0", "gpu-amd-1");

        hwmon.write(4, "device/power/runtime_status", "suspended");

        assertThat(powers()).containsOnlyKeys("gpu-amd-0");
    }

    @Test
    void leavesGraphicsInsideAProcessorToRapl() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\npower1_input 7000000\nin1_label vddnb\n");

        assertThat(unavailable().cause()).isEqualTo(Cause.ABSENT);
        assertThat(unavailable().remedy()).contains("inside a processor");

        hwmon.chip(4, SECOND, "name amdgpu\npower1_average 9000000\n");

        assertThat(available().devices()).extracting(Device::name).containsExactly("gpu-amd-0");
        assertThat(available().detail()).contains("without amdgpu 0000:03:00.0 (graphics inside a processor");
    }

    @Test
    void anAcceleratorWithAProcessorInItIsNoCardBesideIt() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\npower1_input 550000000\ndevice/vendor 0x1002\ndevice/device 0x74a0\n");
        hwmon.chip(4, SECOND, "name amdgpu\npower1_input 750000000\ndevice/vendor 0x1002\ndevice/device 0x74a1\n");

        assertThat(available().devices()).extracting(Device::name).containsExactly("apu-amd-0", "gpu-amd-1");
    }

    @Test
    void namesTheModelOfEachCardAsFarAsTheKernelTellsIt() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\npower1_input 1\ndevice/product_name Radeon PRO W7900\n");
        hwmon.chip(4, SECOND, "name xe\nenergy1_input 1\ndevice/vendor 0x8086\ndevice/device 0xe20b\n");
        available();

        assertThat(sensor.gpuModels()).containsExactly("Radeon PRO W7900", "Intel GPU 8086:e20b");
    }

    @Test
    void aCardThatDoesNotAnswerIsMissingAndNotAtZero() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\npower1_average 7000000\n");
        hwmon.chip(4, SECOND, "name amdgpu\npower1_average 9000000\n");
        available();
        hwmon.write(3, "power1_average", "");

        assertThat(powers()).containsOnlyKeys("gpu-amd-1");

        hwmon.write(3, "power1_average", "8000000");

        assertThat(powers()).containsEntry("gpu-amd-0", new Power(8_000));
    }

    @Test
    void zeroIsAnAnswerOfACard() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\npower1_average 0\n");
        available();

        assertThat(powers()).isEqualTo(Map.of("gpu-amd-0", Power.ZERO));
    }

    @Test
    void doesNotBelieveMoreThanACardCanDraw() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\npower1_average 4294967295000\n");
        available();

        assertThatThrownBy(sensor::read).hasMessageContaining("more than any card draws");
    }

    @Test
    void namesTheCardThatCannotBeReadAndKeepsTheNumbersOfTheOthers() throws IOException {
        hwmon.chip(3, FIRST, "name amdgpu\n");
        hwmon.breakFile(3, "power1_average");
        hwmon.chip(4, SECOND, "name amdgpu\npower1_average 9000000\n");

        assertThat(available().devices()).extracting(Device::name).containsExactly("gpu-amd-1");
        assertThat(available().detail()).contains("without amdgpu 0000:03:00.0 (Is a directory)");
    }

    @Test
    void isAbsentWithoutTheTree() {
        assertThat(unavailable().reason()).contains("There is no", "class/hwmon");
    }

    @Test
    void isAbsentWithoutACardAndSaysWhatThereIs() throws IOException {
        hwmon.chip(0, "platform/coretemp.0", "name coretemp\ntemp1_input 55000\n");

        assertThat(unavailable().reason()).contains("holds no card", "[coretemp]");
    }

    @Test
    void isDeniedNotAbsentWhenItMayNotBeRead() throws IOException {
        hwmon.chip(3, FIRST, "name i915\nenergy1_input 7\n");
        sensor = new HwmonGpuSensor(sys, file -> {
            throw new AccessDeniedException(file.toString());
        });

        assertThat(unavailable().reason()).contains("energy1_input: permission denied");
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
                .collect(Collectors.toMap(reading -> reading.device().name(), HwmonGpuSensorTest::power));
    }

    private static Power power(Reading reading) {
        return ((PowerLevel) reading).power();
    }
}
