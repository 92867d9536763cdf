package io.wattledger.accounting.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.testkit.Cases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExclusiveEnergyTest {
    @Test
    void takesNestedDevicesOutOfTheOnesAroundThem() {
        var energy = ExclusiveEnergy.of(List.of(
                new DeviceEnergy("host", null, 100),
                new DeviceEnergy("package-0", "host", 60),
                new DeviceEnergy("core-0", "package-0", 40),
                new DeviceEnergy("dram-0", "host", 10)));
        assertThat(energy.millijoules()).containsExactly(30, 20, 40, 10);
        assertThat(energy.clamped()).isFalse();
    }

    @Test
    void scalesPartsDownToTheWholeAndSaysSo() {
        var energy = ExclusiveEnergy.of(List.of(
                new DeviceEnergy("package-0", null, 30),
                new DeviceEnergy("core-0", "package-0", 40),
                new DeviceEnergy("core-1", "package-0", 20)));
        assertThat(energy.millijoules()).containsExactly(0, 20, 10);
        assertThat(energy.clamped()).isTrue();
    }

    @Test
    void devicesWithoutAReportedParentOrInARingAreOutermost() {
        var energy = ExclusiveEnergy.of(List.of(
                new DeviceEnergy("dram-0", "absent", 5), new DeviceEnergy("a", "b", 7), new DeviceEnergy("b", "a", 9)));
        assertThat(energy.millijoules()).containsExactly(5, 7, 9);
    }

    @Test
    void refusesNegativeEnergy() {
        assertThatThrownBy(() -> new DeviceEnergy("gpu-0", null, -1)).hasMessageContaining("gpu-0");
    }

    @Test
    void addsUpToTheOutermostDevices() {
        Cases.check(300, random -> {
            var devices = new ArrayList<DeviceEnergy>();
            long outermost = 0;
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                int parent = random.nextInt(i + 1);
                long energy = random.nextLong(1_000_000);
                devices.add(new DeviceEnergy("d" + i, parent == i ? null : "d" + parent, energy));
                outermost += parent == i ? energy : 0;
            }
            var exclusive = ExclusiveEnergy.of(devices).millijoules();
            assertThat(Arrays.stream(exclusive).sum()).isEqualTo(outermost);
            assertThat(Arrays.stream(exclusive).min().orElseThrow()).isNotNegative();
        });
    }
}
