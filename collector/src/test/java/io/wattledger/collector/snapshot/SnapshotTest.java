package io.wattledger.collector.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.host.HostCpu;
import io.wattledger.collector.message.MalformedMessageException;
import io.wattledger.collector.message.Message;
import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final Reading COUNTER = new Reading.EnergyCounter(
            new Device("package-0", null, Component.CPU, "RAPL_POWERCAP"), 123, 456, Power.ofWatts(1000), 50);
    private static final Reading LEVEL =
            new Reading.PowerLevel(new Device("gpu-0", "host", Component.GPU, "NVML"), Power.ofWatts(70), 30);

    @Test
    void comesBackFromItsMessage() {
        var snapshot = new Snapshot(1_700_000_000_000L, -5, "boot", 77, 2, List.of(COUNTER, LEVEL), List.of());

        assertThat(Snapshot.fromMessage(Message.decode(snapshot.toMessage().encode())))
                .isEqualTo(snapshot);
    }

    @Test
    void refusesAMessageThatIsNone() {
        var message = new Message("snapshot").put("wall", 1).put("r.package-0", "C 1");

        assertThatThrownBy(() -> Snapshot.fromMessage(message))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("package-0");
    }

    @Test
    void leavesOutASensorThatFailsAndSaysSo() throws IOException {
        var snapshots = new Snapshots(
                List.of(sensor("broken", true), sensor("sound", false)),
                cpu(),
                InstantSource.fixed(Instant.ofEpochMilli(9)),
                () -> 8);

        var snapshot = snapshots.take();

        assertThat(snapshot.readings()).containsExactly(COUNTER);
        assertThat(snapshot.problems()).containsExactly("broken: no such device");
        assertThat(snapshot.wallMillis()).isEqualTo(9);
        assertThat(snapshot.monotonicNanos()).isEqualTo(8);
        assertThat(snapshot.busyCpuNanos()).isEqualTo(55);
    }

    private static HostCpu cpu() {
        return new HostCpu() {
            @Override
            public CpuTimes read() {
                return new CpuTimes(55, 4);
            }

            @Override
            public String bootId() {
                return "boot";
            }
        };
    }

    private static PowerSensor sensor(String name, boolean broken) {
        return new PowerSensor() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Availability probe() {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Reading> read() throws IOException {
                if (broken) {
                    throw new IOException("no such device");
                }
                return List.of(COUNTER);
            }
        };
    }
}
