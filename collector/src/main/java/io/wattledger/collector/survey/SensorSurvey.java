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
import io.wattledger.collector.sensor.cpumodel.CpuLoadModel;
import io.wattledger.collector.sensor.rammodel.RamSizeModel;
import io.wattledger.collector.sensor.rapl.RaplSensor;
import io.wattledger.collector.snapshot.Snapshots;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this host can measure.
 *
 * @param host the machine
 * @param sensors the sensors that work
 * @param models the models for what they do not measure
 * @param findings one per component: what is used, what is not, and why
 */
public record SensorSurvey(HostFacts host, List<PowerSensor> sensors, List<PowerModel> models, List<Finding> findings) {
    private static final Path SYS = Path.of("/sys");

    /**
     * A component of the host.
     *
     * @param component what
     * @param used what its energy comes from, or null when nothing gives it
     * @param refused sensors that cannot be used, each with what would help
     */
    public record Finding(Component component, @Nullable Used used, List<Refused> refused) {}

    /**
     * What the energy of a component comes from.
     *
     * @param name sensor or model
     * @param devices its devices for this component
     * @param detail files read, or figures computed from
     * @param modelled false when measured
     * @param bandPercent half width of the error band in per cent; for a model that depends on load, the narrowest
     */
    public record Used(String name, List<Device> devices, String detail, boolean modelled, int bandPercent) {}

    /** A sensor that cannot be used. */
    public record Refused(String name, String reason, String remedy) {}

    private static final int RAPL_BAND_PERCENT = 5;

    /** Probes the machine we run on. */
    public static SensorSurvey ofThisHost() {
        return ofThisHost(SYS);
    }

    /** Probes the machine we run on, whose sys file system is mounted there. */
    public static SensorSurvey ofThisHost(Path sys) {
        return of(HostFacts.ofThisHost(), new RaplSensor(sys));
    }

    /** Probes a machine whose RAPL files are elsewhere. */
    public static SensorSurvey of(HostFacts host, RaplSensor rapl) {
        var measured = rapl.probe();
        var covered = components(measured);
        var cpuModel = CpuLoadModel.of(host);
        var ramModel = new RamSizeModel(host.memoryBytes());
        var models = new ArrayList<PowerModel>();
        var findings = new ArrayList<Finding>();
        for (PowerModel model : List.of(cpuModel, ramModel)) {
            findings.add(finding(model, rapl, measured, covered, models));
        }
        findings.add(new Finding(
                Component.GPU,
                null,
                List.of(new Refused(
                        "gpu",
                        "This version reads no GPUs; where there are any, their energy is missing from the ledger.",
                        "Nothing yet."))));
        findings.add(new Finding(
                Component.HOST,
                null,
                List.of(new Refused(
                        "meter",
                        "This version reads no meter of the whole machine; the host is taken as the sum of its CPU and RAM,"
                                + " without disks, fans and power supply.",
                        "Nothing yet."))));
        List<PowerSensor> sensors = measured instanceof Available ? List.of(rapl) : List.of();
        return new SensorSurvey(host, sensors, List.copyOf(models), List.copyOf(findings));
    }

    /**
     * Takes snapshots with the sensors of this host and nothing else, which is quick: for a run's wrapper, before the
     * measured command starts.
     */
    public static Snapshots quickSnapshots() {
        var rapl = new RaplSensor(SYS);
        List<PowerSensor> sensors = rapl.probe() instanceof Available ? List.of(rapl) : List.of();
        return new Snapshots(sensors, HostCpu.ofThisHost(), InstantSource.system(), System::nanoTime);
    }

    /** Takes snapshots with the sensors found. */
    public Snapshots snapshots() {
        return new Snapshots(sensors, HostCpu.ofThisHost(), InstantSource.system(), System::nanoTime);
    }

    private static Finding finding(
            PowerModel model,
            PowerSensor sensor,
            Availability measured,
            Set<Component> covered,
            List<PowerModel> models) {
        var component = model.device().component();
        if (covered.contains(component) && measured instanceof Available available) {
            var devices = available.devices().stream()
                    .filter(device -> device.component() == component)
                    .toList();
            var used = new Used(sensor.name(), devices, available.detail(), false, RAPL_BAND_PERCENT);
            return new Finding(component, used, List.of());
        }
        var refused = new ArrayList<Refused>();
        refused.add(refused(sensor, component, measured));
        var probed = model.probe();
        if (probed instanceof Available available) {
            models.add(model);
            var used = new Used(model.name(), available.devices(), available.detail(), true, model.bandPercent());
            return new Finding(component, used, refused);
        }
        var unavailable = (Unavailable) probed;
        refused.add(new Refused(model.name(), unavailable.reason(), unavailable.remedy()));
        return new Finding(component, null, refused);
    }

    private static Refused refused(PowerSensor sensor, Component component, Availability measured) {
        if (measured instanceof Unavailable unavailable) {
            return new Refused(sensor.name(), unavailable.reason(), unavailable.remedy());
        }
        return new Refused(
                sensor.name(),
                "It has no domain for " + component + " here: " + ((Available) measured).detail() + ".",
                "Nothing; server processors of Intel have a dram domain, most others do not.");
    }

    private static Set<Component> components(Availability measured) {
        var covered = EnumSet.noneOf(Component.class);
        if (measured instanceof Available available) {
            available.devices().forEach(device -> covered.add(device.component()));
        }
        return covered;
    }
}
