package io.wattledger.collector.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverlapTest {
    private static final Device PACKAGE = device("package-0", null, Component.CPU);
    private static final Device CORE = device("core-0", "package-0", Component.CPU);
    private static final Device DRAM = device("dram-0", null, Component.RAM);
    private static final Device PSYS = device("psys", null, Component.HOST);
    private static final Device GPU = device("gpu-0", null, Component.GPU);
    private static final Device METER = device("host", null, Component.HOST);

    private final Overlap overlap = new Overlap();

    @Test
    void packagesAndMemoryStandSideBySideWhereNoMeterHoldsThem() {
        overlap.offer(sensor("rapl"), List.of(PACKAGE, CORE, DRAM));
        overlap.offer(sensor("nvml"), List.of(GPU));

        assertThat(parents()).containsEntry("core-0", "package-0");
        assertThat(parents()).containsOnlyKeys("core-0");
        assertThat(overlap.hasMeter()).isFalse();
    }

    @Test
    void aMeterHoldsThePlatformThatHoldsThePackagesAndGpusStandBesideIt() {
        overlap.offer(sensor("rapl"), List.of(PSYS, PACKAGE, CORE, DRAM));
        overlap.offer(sensor("nvml"), List.of(GPU));
        overlap.offer(sensor("ipmi"), List.of(METER));

        assertThat(parents())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "psys", "host", "package-0", "psys", "core-0", "package-0", "dram-0", "psys", "gpu-0", "host"));
    }

    @Test
    void gpusAreNotInThePlatform() {
        overlap.offer(sensor("rapl"), List.of(PSYS, PACKAGE));
        overlap.offer(sensor("nvml"), List.of(GPU));

        assertThat(parents()).containsExactlyInAnyOrderEntriesOf(Map.of("package-0", "psys"));
        assertThat(overlap.hasMeter()).isTrue();
    }

    @Test
    void processorAndHostAreMeasuredOnceByThePreferredSensor() {
        var exporter = sensor("exporter");
        var rapl = sensor("rapl");
        var redfish = sensor("redfish");
        var ipmi = sensor("ipmi");
        overlap.offer(exporter, List.of(device("cpu", null, Component.CPU)));
        overlap.offer(rapl, List.of(PACKAGE, CORE, DRAM));
        overlap.offer(redfish, List.of(METER));
        overlap.offer(ipmi, List.of(device("chassis", null, Component.HOST)));

        assertThat(overlap.tree()).containsOnlyKeys("cpu", "dram-0", "host");
        assertThat(overlap.devicesOf(rapl)).extracting(Device::name).containsExactly("dram-0");
        assertThat(overlap.devicesOf(ipmi)).isEmpty();
        assertThat(overlap.owner(Component.HOST)).isSameAs(redfish);
    }

    @Test
    void gpusOfSeveralMakersAreAllRead() {
        overlap.offer(sensor("nvml"), List.of(GPU));
        overlap.offer(sensor("hwmon-gpu"), List.of(device("gpu-amd-0", null, Component.GPU), GPU));

        assertThat(overlap.tree()).containsOnlyKeys("gpu-0", "gpu-amd-0");
    }

    @Test
    void anAcceleratorHoldsTheProcessorOfItsSocket() {
        var cpu = device("cpu", null, Component.CPU);
        overlap.offer(
                sensor("rapl"), List.of(PACKAGE, CORE, device("package-1-die-0", null, Component.CPU), DRAM, cpu));
        overlap.offer(
                sensor("hwmon-gpu"),
                List.of(device("apu-amd-0", null, Component.GPU), device("apu-amd-1", null, Component.GPU)));

        assertThat(parents())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "package-0", "apu-amd-0",
                        "core-0", "package-0",
                        "package-1-die-0", "apu-amd-1",
                        "dram-0", "apu-amd-0",
                        "cpu", "apu-amd-0"));
        assertThat(overlap.hasMeter())
                .as("so no model adds the processor once more")
                .isTrue();

        overlap.offer(sensor("ipmi"), List.of(METER));

        assertThat(parents()).containsEntry("apu-amd-0", "host").containsEntry("package-0", "apu-amd-0");
    }

    private Map<String, String> parents() {
        return overlap.tree().values().stream()
                .filter(device -> device.parent() != null)
                .collect(Collectors.toMap(Device::name, device -> String.valueOf(device.parent())));
    }

    private static Device device(String name, @Nullable String parent, Component component) {
        return new Device(name, parent, component, "TEST");
    }

    private static PowerSensor sensor(String name) {
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
            public List<Reading> read() {
                return List.of();
            }
        };
    }
}
