package io.wattledger.collector.survey;

import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.sensor.PolledSensor;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.cpumodel.CpuLoadModel;
import io.wattledger.collector.sensor.hwmon.HwmonGpuSensor;
import io.wattledger.collector.sensor.hwmon.HwmonMeterSensor;
import io.wattledger.collector.sensor.ipmi.IpmiSensor;
import io.wattledger.collector.sensor.ipmi.IpmiSettings;
import io.wattledger.collector.sensor.nvml.GpuSettings;
import io.wattledger.collector.sensor.nvml.NvmlSensor;
import io.wattledger.collector.sensor.rammodel.RamSizeModel;
import io.wattledger.collector.sensor.rapl.RaplSensor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a host is to be measured with, by its settings.
 *
 * @param names sensors, the preferred first
 * @param sys where the sys file system is mounted
 * @param pollInterval how often sensors are asked that take long to answer
 * @param gpus which NVIDIA GPUs
 * @param ipmi how the management controller is asked
 */
public record SensorChoice(List<String> names, Path sys, Duration pollInterval, GpuSettings gpus, IpmiSettings ipmi) {
    /** Key of the setting that names the sensors. */
    public static final String SENSORS = "sensors";

    /** Key of the setting that says where the sys file system is. */
    public static final String SYS_DIR = "sys.dir";

    private static final String POLL_INTERVAL_MS = "poll.interval.ms";

    private static final String RAPL = "rapl";
    private static final String NVML = "nvml";
    private static final String HWMON_GPU = "hwmon-gpu";
    private static final String HWMON_METER = "hwmon-meter";
    private static final String IPMI = "ipmi";

    private static final List<String> ALL = List.of(RAPL, NVML, HWMON_GPU, HWMON_METER, IPMI);

    public SensorChoice {
        names = List.copyOf(names);
    }

    /** Adds its settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        GpuSettings.define(definition);
        IpmiSettings.define(definition);
        return definition
                .define(
                        SENSORS,
                        Type.LIST,
                        String.join(",", ALL),
                        ConfigDef.LambdaValidator.with(SensorChoice::checkNames, () -> "some of " + ALL),
                        Importance.LOW,
                        "Sensors that are tried, the preferred first. Processor, memory and host are measured by the first"
                                + " one that can; GPUs by all.")
                .define(
                        SYS_DIR,
                        Type.STRING,
                        "/sys",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Where the sys file system of the host is mounted, which in a container may be elsewhere.")
                .define(
                        POLL_INTERVAL_MS,
                        Type.INT,
                        10_000,
                        Range.between(1000, 600_000),
                        Importance.LOW,
                        "How often, in milliseconds, sensors are asked that take long to answer: management controllers. Each"
                                + " sample gets the newest answer.");
    }

    private static void checkNames(String key, Object value) {
        var unknown = new TreeSet<String>();
        for (var name : (List<?>) value) {
            if (!ALL.contains(name)) {
                unknown.add(String.valueOf(name));
            }
        }
        if (!unknown.isEmpty()) {
            throw new ConfigException(
                    key, value, "there is no sensor " + String.join(", ", unknown) + "; known are " + ALL);
        }
    }

    /** From settings that were parsed with that definition. */
    public static SensorChoice of(Map<String, Object> values) {
        var names = new ArrayList<String>();
        ((List<?>) Objects.requireNonNull(values.get(SENSORS))).forEach(name -> names.add((String) name));
        return new SensorChoice(
                names,
                Path.of(String.valueOf(values.get(SYS_DIR))),
                Duration.ofMillis(Long.parseLong(String.valueOf(values.get(POLL_INTERVAL_MS)))),
                GpuSettings.from(values),
                IpmiSettings.from(values));
    }

    /** That of a host for which nothing is set. */
    public static SensorChoice usual() {
        return of(define(new ConfigDef()).parse(Map.of()));
    }

    /** The same for a sys file system mounted elsewhere. */
    public SensorChoice at(Path mounted) {
        return new SensorChoice(names, mounted, pollInterval, gpus, ipmi);
    }

    /** The sensors, the preferred first. */
    List<PowerSensor> sensors() {
        var makers = new LinkedHashMap<String, Supplier<PowerSensor>>();
        makers.put(RAPL, () -> new RaplSensor(sys));
        makers.put(NVML, () -> new NvmlSensor(gpus, System.getenv()));
        makers.put(HWMON_GPU, () -> new HwmonGpuSensor(sys));
        makers.put(HWMON_METER, () -> new HwmonMeterSensor(sys));
        makers.put(IPMI, () -> new PolledSensor(new IpmiSensor(ipmi), pollInterval));
        return names.stream().distinct().map(makers::get).map(Supplier::get).toList();
    }

    /** The models for what nothing measures. */
    List<PowerModel> models(HostFacts host) {
        return List.of(CpuLoadModel.of(host), new RamSizeModel(host.memoryBytes()));
    }
}
