package io.wattledger.collector.survey;

import io.wattledger.collector.host.HostCpu;
import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.GpuModels;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.ProcessShares;
import io.wattledger.collector.sensor.rapl.RaplSensor;
import io.wattledger.collector.snapshot.Snapshots;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What this host can measure.
 *
 * @param host the machine
 * @param sensors the sensors that work
 * @param models the models for what they do not measure
 * @param devices the devices that are read, by name, each with the device around it
 * @param findings one per component: what is used, what is not, and why
 * @param answers what each sensor that was tried has said, in the order in which they were
 */
public record SensorSurvey(
        HostFacts host,
        List<PowerSensor> sensors,
        List<PowerModel> models,
        Map<String, Device> devices,
        List<Finding> findings,
        Map<String, Availability> answers) {
    private static final Path SYS = Path.of("/sys");

    private static final List<Component> COMPONENTS =
            List.of(Component.CPU, Component.RAM, Component.GPU, Component.HOST, Component.OTHER);

    /**
     * A component of the host.
     *
     * @param component what
     * @param used what its energy comes from; empty when nothing gives it
     * @param refused sensors that cannot be used, each with what would help
     */
    public record Finding(Component component, List<Used> used, List<Refused> refused) {}

    /**
     * What the energy of a component comes from.
     *
     * @param name sensor or model
     * @param devices its devices for this component
     * @param detail files read, or figures computed from
     * @param modelled false when measured
     * @param bandPercent half width of the error band in per cent; for a model that depends on load, the narrowest; empty
     *     while a sensor has not answered
     */
    public record Used(String name, List<Device> devices, String detail, boolean modelled, OptionalInt bandPercent) {}

    /** A sensor that cannot be used. */
    public record Refused(String name, String reason, String remedy) {}

    /** Probes the machine we run on. */
    public static SensorSurvey ofThisHost(SensorChoice choice) {
        var facts = HostFacts.ofThisHost();
        return of(facts, choice.sensors(), choice.models(facts));
    }

    /**
     * Probes a machine.
     *
     * @param host what is known of it
     * @param sensors what may measure it, the preferred first
     * @param models what estimates what nothing measures
     */
    public static SensorSurvey of(HostFacts host, List<PowerSensor> sensors, List<PowerModel> models) {
        var probed = new LinkedHashMap<PowerSensor, Availability>();
        var overlap = new Overlap();
        for (var sensor : sensors) {
            var found = sensor.probe();
            probed.put(sensor, found);
            if (found instanceof Available available) {
                overlap.offer(sensor, available.devices());
            }
        }
        var working = overlap.sensors();
        sensors.stream().filter(sensor -> !working.contains(sensor)).forEach(PowerSensor::close);
        var findings = new Findings(probed, overlap, models);
        var byComponent = COMPONENTS.stream().map(findings::of).toList();
        var answers = new LinkedHashMap<String, Availability>();
        probed.forEach((sensor, answer) -> answers.put(sensor.name(), answer));
        return new SensorSurvey(host, working, findings.usedModels(), overlap.tree(), byComponent, answers);
    }

    /**
     * Takes snapshots with the sensors of this host that are read at once and nothing else, which is quick: for a run's
     * wrapper, before the measured command starts.
     */
    public static Snapshots quickSnapshots() {
        var rapl = new RaplSensor(SYS);
        var overlap = new Overlap();
        if (rapl.probe() instanceof Available available) {
            overlap.offer(rapl, available.devices());
        }
        return snapshots(overlap.sensors(), overlap.tree());
    }

    /** Takes snapshots with the sensors found. */
    public Snapshots snapshots() {
        return snapshots(sensors, devices);
    }

    private static Snapshots snapshots(List<PowerSensor> sensors, Map<String, Device> devices) {
        return new Snapshots(sensors, devices, HostCpu.ofThisHost(), InstantSource.system(), System::nanoTime);
    }

    /** Models of the GPUs that are measured, one for each. */
    public List<String> gpuModels() {
        return sensors.stream()
                .filter(GpuModels.class::isInstance)
                .flatMap(sensor -> ((GpuModels) sensor).gpuModels().stream())
                .toList();
    }

    /** Those of the sensors that tell how much processes use of their devices. */
    public List<ProcessShares> processShares() {
        return sensors.stream()
                .filter(ProcessShares.class::isInstance)
                .map(ProcessShares.class::cast)
                .toList();
    }
}
