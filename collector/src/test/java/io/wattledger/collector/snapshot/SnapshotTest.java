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
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(9));
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
                Map.of(COUNTER.device().name(), COUNTER.device()),
                cpu(),
                CLOCK,
                () -> 8);

        var snapshot = snapshots.take();

        assertThat(snapshot.readings()).containsExactly(COUNTER);
        assertThat(snapshot.problems()).containsExactly("broken: no such device");
        assertThat(snapshot.wallMillis()).isEqualTo(9);
        assertThat(snapshot.monotonicNanos()).isEqualTo(8);
        assertThat(snapshot.busyCpuNanos()).isEqualTo(55);
    }

    @Test
    void readsOnlyTheDevicesThatCountAndPutsThemInTheirPlaces() throws IOException {
        var inHost =
                new Device(COUNTER.device().name(), "host", COUNTER.device().component(), "RAPL_POWERCAP");
        var placed =
                new Snapshots(List.of(sensor("sound", false)), Map.of(inHost.name(), inHost), cpu(), CLOCK, () -> 8);
        var none = new Snapshots(List.of(sensor("sound", false)), Map.of(), cpu(), CLOCK, () -> 8);

        assertThat(placed.take().readings())
                .singleElement()
                .extracting(Reading::device)
                .isEqualTo(inHost);
        assertThat(none.take().readings()).isEmpty();
    }

    @Test
    void completesASnapshotOfAWrapperThatHasJustBeenTakenAndNoOlderOne() {
        var nanos = new AtomicLong(1_000_000_000L);
        var gpu = new PowerLevel(new Device("gpu-0", null, Component.GPU, "NVML"), Power.ofWatts(90), 50);
        var snapshots = new Snapshots(
                List.of(sensor("sound", false), sensor("gpu", gpu)),
                Map.of(COUNTER.device().name(), COUNTER.device(), "gpu-0", gpu.device()),
                cpu(),
                CLOCK,
                nanos::get);
        var earlier = new EnergyCounter(COUNTER.device(), 1, 0, Power.ofWatts(1), 50);
        var wrapper = new Snapshot(7, 990_000_000L, "boot", 50, 4, List.of(earlier), List.of());

        assertThat(snapshots.adopt(wrapper).readings()).containsExactly(earlier, gpu);
        nanos.addAndGet(60_000_000L);
        assertThat(snapshots.adopt(wrapper)).isEqualTo(wrapper);
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
        return sensor(name, broken ? null : COUNTER);
    }

    private static PowerSensor sensor(String name, @Nullable Reading reading) {
        return new PowerSensor() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<Component> components() {
                return Set.of();
            }

            @Override
            public Availability probe() {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Reading> read() throws IOException {
                if (reading == null) {
                    throw new IOException("no such device");
                }
                return List.of(reading);
            }
        };
    }
}
