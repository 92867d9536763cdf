package io.wattledger.collector.sensor.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the GPUs of this machine; skipped where there is none. */
class NvmlRealGpuTest {
    private final NvmlSensor sensor = new NvmlSensor(new GpuSettings("all", null), Map.of());

    @AfterEach
    void close() {
        sensor.close();
    }

    @Test
    void readsEveryBoardWithinItsLimits() throws IOException {
        var available = probed();

        var readings = sensor.read();

        assertThat(readings).extracting(Reading::device).isEqualTo(available.devices());
        for (var reading : readings) {
            if (reading instanceof PowerLevel level) {
                assertThat(level.power().watts()).as(available.detail()).isBetween(1.0, 2000.0);
            } else if (reading instanceof EnergyCounter counter) {
                assertThat(counter.microjoules()).as(available.detail()).isPositive();
                assertThat(counter.limit().watts()).as(available.detail()).isBetween(20.0, 4000.0);
            }
        }
    }

    @Test
    void theCounterGoesOnAndByNoMoreThanTheLimit() throws IOException {
        probed();
        var before = sensor.read();
        long started = System.nanoTime();
        assumeTrue(before.stream().anyMatch(EnergyCounter.class::isInstance), "No GPU here has an energy counter.");

        var after = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> readUntilAllMoved(before));

        double seconds = (System.nanoTime() - started) / 1e9;
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) instanceof EnergyCounter first && after.get(i) instanceof EnergyCounter second) {
                double joules = (second.microjoules() - first.microjoules()) / 1e6;
                // The counter moves every 20 to 100 ms, so that it may be that much of the past in what it has gone on
                // by.
                assertThat(joules).isPositive().isLessThan(first.limit().watts() * (seconds + 0.2));
            }
        }
    }

    @Test
    void tellsWhoUsesIt() {
        var available = probed();

        var shares = sensor.sinceLast();

        assertThat(available.devices()).extracting(Device::name).containsAll(shares.keySet());
        shares.values().forEach(byProcess -> assertThat(
                        byProcess.values().stream().mapToInt(Integer::intValue).sum())
                .isBetween(0, 1000));
    }

    private List<Reading> readUntilAllMoved(List<Reading> before) throws IOException {
        while (true) {
            var after = sensor.read();
            boolean moved = true;
            for (int i = 0; i < before.size(); i++) {
                moved &= !(before.get(i) instanceof EnergyCounter)
                        || !before.get(i).equals(after.get(i));
            }
            if (moved) {
                return after;
            }
        }
    }

    private Available probed() {
        var availability = sensor.probe();
        assumeTrue(
                availability instanceof Available,
                () -> "No NVIDIA GPU to test with: " + ((Unavailable) availability).reason());
        return (Available) availability;
    }
}
