package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.rapl.RaplSensor;
import io.wattledger.schemas.record.DeviceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowercapTreeTest {
    @TempDir
    Path sys;

    private PowercapTree tree() {
        return new PowercapTree(
                sys,
                List.of(
                        new PowercapTree.Domain(
                                "intel-rapl:0",
                                "package-0",
                                "package-0",
                                DeviceKind.CPU,
                                10_000_000,
                                9_999_500,
                                5_000_000,
                                9_000_000),
                        new PowercapTree.Domain(
                                "intel-rapl:0:0", "dram-0", "dram", DeviceKind.RAM, 1L << 40, 1, 1_000_000, 1_000_000)),
                new Random(1));
    }

    @Test
    void aCollectorReadsItAsTheKernelsOwn() throws IOException {
        tree();
        var rapl = new RaplSensor(sys);
        rapl.probe();
        assertThat(rapl.read())
                .map(reading -> reading.device().name() + " " + ((EnergyCounter) reading).microjoules())
                .containsExactly("package-0 9999500", "dram-0 1");
    }

    @Test
    void countsPowerTimesTimeAndWraps() throws IOException {
        var tree = tree();
        for (int i = 0; i < 20; i++) {
            tree.advance(Duration.ofMillis(100));
        }
        var cpu = tree.progress().get(0);
        assertThat(cpu.millijoules()).isBetween(2 * 5_000L, 2 * 9_000L);
        assertThat(cpu.wraps()).isEqualTo(1 + (cpu.millijoules() - 1) / 10_000);
        var ram = tree.progress().get(1);
        assertThat(ram.millijoules()).isEqualTo(2_000);
        assertThat(ram.raw()).isEqualTo(2_000_001);
        var rapl = new RaplSensor(sys);
        rapl.probe();
        assertThat(((EnergyCounter) rapl.read().get(0)).microjoules()).isEqualTo(cpu.raw());
    }
}
