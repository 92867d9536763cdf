package io.wattledger.collector.survey;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.survey.SensorSurvey.Finding;
import io.wattledger.collector.survey.SensorSurvey.Refused;
import io.wattledger.collector.survey.SensorSurvey.Used;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** Says for each component what it is measured with or estimated by, and why not with anything else. */
final class Findings {
    private final Map<PowerSensor, Availability> probed;
    private final Overlap overlap;
    private final List<PowerModel> models;
    private final Map<String, Integer> bandThousandths;
    private final List<PowerModel> usedModels = new ArrayList<>();

    Findings(Map<PowerSensor, Availability> probed, Overlap overlap, List<PowerModel> models) {
        this.probed = probed;
        this.overlap = overlap;
        this.models = models;
        this.bandThousandths = bands(overlap.sensors());
    }

    Finding of(Component component) {
        var used = new ArrayList<Used>();
        var refused = new ArrayList<Refused>();
        probed.forEach((sensor, found) -> {
            var devices = overlap.devicesOf(sensor).stream()
                    .filter(device -> device.component() == component)
                    .toList();
            if (!devices.isEmpty()) {
                used.add(new Used(sensor.name(), devices, ((Available) found).detail(), false, bandPercent(devices)));
            } else if (sensor.components().contains(component)) {
                refused.add(refused(sensor, component, found));
            }
        });
        for (var model : models) {
            if (model.device().component() == component && used.isEmpty()) {
                estimate(model, used, refused);
            }
        }
        return new Finding(component, List.copyOf(used), List.copyOf(refused));
    }

    /** The models that are needed, once every component has been asked for. */
    List<PowerModel> usedModels() {
        return List.copyOf(usedModels);
    }

    private void estimate(PowerModel model, List<Used> used, List<Refused> refused) {
        if (overlap.hasMeter()) {
            refused.add(new Refused(
                    model.name(),
                    "A meter holds the energy of this component, though not apart from the rest.",
                    "Nothing; the total is measured."));
            return;
        }
        var probe = model.probe();
        if (probe instanceof Available available) {
            usedModels.add(model);
            used.add(new Used(
                    model.name(), available.devices(), available.detail(), true, OptionalInt.of(model.bandPercent())));
        } else if (probe instanceof Unavailable unavailable) {
            refused.add(new Refused(model.name(), unavailable.reason(), unavailable.remedy()));
        }
    }

    private Refused refused(PowerSensor sensor, Component component, Availability found) {
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

    private OptionalInt bandPercent(List<Device> devices) {
        return devices.stream()
                .map(device -> bandThousandths.get(device.name()))
                .filter(Objects::nonNull)
                .mapToInt(thousandths -> (thousandths + 9) / 10)
                .max();
    }

    /** By device; a sensor that does not answer yet is left out. */
    private static Map<String, Integer> bands(List<PowerSensor> sensors) {
        var bands = new HashMap<String, Integer>();
        for (var sensor : sensors) {
            try {
                sensor.read().forEach(reading -> bands.put(reading.device().name(), reading.bandThousandths()));
            } catch (IOException e) {
                continue;
            }
        }
        return bands;
    }
}
