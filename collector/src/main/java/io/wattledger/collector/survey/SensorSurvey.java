package io.wattledger.collector.survey;

import io.wattledger.collector.host.HostCpu;
import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.ProcessShares;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.rapl.RaplSensor;
import io.wattledger.collector.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this host can measure.
 *
 * @param host the machine
 * @param sensors the sensors that work
 * @param models the models for what they do not measure
 * @param devices the devices that are read, by name, each with the device around it
 * @param findings one per component: what is used, what is not, and why
 */
public record SensorSurvey(
        HostFacts host,
        List<PowerSensor> sensors,
        List<PowerModel> models,
        Map<String, Device> devices,
        List<Finding> findings) {
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
        var working = sensors.stream()
                .filter(sensor -> !overlap.devicesOf(sensor).isEmpty())
                .toList();
        var usedModels = new ArrayList<PowerModel>();
        var findings = new ArrayList<Finding>();
        for (var component : COMPONENTS) {
            findings.add(finding(component, probed, overlap, models, usedModels));
        }
        sensors.stream().filter(sensor -> !working.contains(sensor)).forEach(PowerSensor::close);
        return new SensorSurvey(host, working, List.copyOf(usedModels), overlap.tree(), List.copyOf(findings));
    }

    /**
     * Takes snapshots with the sensors of this host that are read at once and nothing else, which is quick: for a run's
     * wrapper, before the measured command starts.
     */
    public static Snapshots quickSnapshots() {
        return of(HostFacts.ofThisHost(), List.of(new RaplSensor(SYS)), List.of())
                .snapshots();
    }

    /** Takes snapshots with the sensors found. */
    public Snapshots snapshots() {
        return new Snapshots(sensors, devices, HostCpu.ofThisHost(), InstantSource.system(), System::nanoTime);
    }

    /** Those of the sensors that tell how much processes use of their devices. */
    public List<ProcessShares> processShares() {
        return sensors.stream()
                .filter(ProcessShares.class::isInstance)
                .map(ProcessShares.class::cast)
                .toList();
    }

    private static Finding finding(
            Component component,
            Map<PowerSensor, Availability> probed,
            Overlap overlap,
            List<PowerModel> models,
            List<PowerModel> usedModels) {
        var used = new ArrayList<Used>();
        var refused = new ArrayList<Refused>();
        probed.forEach((sensor, found) -> {
            var devices = overlap.devicesOf(sensor).stream()
                    .filter(device -> device.component() == component)
                    .toList();
            if (!devices.isEmpty()) {
                used.add(new Used(sensor.name(), devices, ((Available) found).detail(), false, band(sensor, devices)));
            } else if (sensor.components().contains(component)) {
                refused.add(refused(sensor, component, found, overlap));
            }
        });
        for (var model : models) {
            if (model.device().component() == component && used.isEmpty()) {
                estimate(component, model, overlap, used, refused, usedModels);
            }
        }
        return new Finding(component, List.copyOf(used), List.copyOf(refused));
    }

    private static void estimate(
            Component component,
            PowerModel model,
            Overlap overlap,
            List<Used> used,
            List<Refused> refused,
            List<PowerModel> usedModels) {
        if (overlap.hasMeter()) {
            refused.add(new Refused(
                    model.name(),
                    "A meter holds the energy of this component, though not apart from the rest.",
                    "Nothing; the total is measured."));
        } else if (model.probe() instanceof Available available) {
            usedModels.add(model);
            used.add(new Used(
                    model.name(), available.devices(), available.detail(), true, OptionalInt.of(model.bandPercent())));
        } else if (model.probe() instanceof Unavailable unavailable) {
            refused.add(new Refused(model.name(), unavailable.reason(), unavailable.remedy()));
        }
    }

    private static Refused refused(PowerSensor sensor, Component component, Availability found, Overlap overlap) {
        if (found instanceof Unavailable unavailable) {
            return new Refused(sensor.name(), unavailable.reason(), unavailable.remedy());
        }
        var owner = overlap.owner(component);
        if (owner != null && owner != sensor) {
            return new Refused(
                    sensor.name(),
                    "It would work, but " + owner.name() + " goes before it.",
                    "Nothing; to prefer it, name it first in " + SensorChoice.SENSORS + ".");
        }
        return new Refused(
                sensor.name(),
                "It has nothing for " + component + " here: " + ((Available) found).detail() + ".",
                "Nothing; not every machine has it.");
    }

    private static OptionalInt band(PowerSensor sensor, List<Device> devices) {
        Set<String> names = devices.stream().map(Device::name).collect(Collectors.toSet());
        try {
            return sensor.read().stream()
                    .filter(reading -> names.contains(reading.device().name()))
                    .mapToInt(Reading::bandThousandths)
                    .max()
                    .stream()
                    .map(thousandths -> (thousandths + 9) / 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
