package io.wattledger.collector.survey;

import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.sensor.PolledSensor;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.battery.BatterySensor;
import io.wattledger.collector.sensor.constant.ConstantConfig;
import io.wattledger.collector.sensor.cpumodel.CpuLoadModel;
import io.wattledger.collector.sensor.exporter.ExporterConfig;
import io.wattledger.collector.sensor.hwmon.HwmonGpuSensor;
import io.wattledger.collector.sensor.hwmon.HwmonMeterSensor;
import io.wattledger.collector.sensor.ipmi.IpmiSensor;
import io.wattledger.collector.sensor.ipmi.IpmiSettings;
import io.wattledger.collector.sensor.nvml.GpuSettings;
import io.wattledger.collector.sensor.nvml.NvmlSensor;
import io.wattledger.collector.sensor.powermetrics.PowermetricsSensor;
import io.wattledger.collector.sensor.rammodel.RamSizeModel;
import io.wattledger.collector.sensor.rapl.RaplSensor;
import io.wattledger.collector.sensor.redfish.RedfishConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What a host is to be measured with, by its settings. */
public final class SensorChoice {
    /** Key of the setting that names the sensors. */
    public static final String SENSORS = "sensors";

    /** Key of the setting that says where the sys file system is. */
    public static final String SYS_DIR = "sys.dir";

    private static final String POLL_INTERVAL_MS = "poll.interval.ms";

    private static final String EXPORTER = "exporter";
    private static final String RAPL = "rapl";
    private static final String POWERMETRICS = "powermetrics";
    private static final String NVML = "nvml";
    private static final String HWMON_GPU = "hwmon-gpu";
    private static final String REDFISH = "redfish";
    private static final String HWMON_METER = "hwmon-meter";
    private static final String IPMI = "ipmi";
    private static final String BATTERY = "battery";
    private static final String CONSTANT = "constant";

    /** All but the battery, which tells nothing while it is being charged. */
    private static final List<String> USUAL =
            List.of(EXPORTER, RAPL, POWERMETRICS, NVML, HWMON_GPU, REDFISH, HWMON_METER, IPMI, CONSTANT);

    private static final List<String> ALL =
            Stream.concat(USUAL.stream(), Stream.of(BATTERY)).toList();

    private static final boolean MAC = System.getProperty("os.name").startsWith("Mac");
    private static final Set<String> ONLY_ON_MAC = Set.of(POWERMETRICS);
    private static final Set<String> NOT_ON_MAC = Set.of(RAPL, NVML, HWMON_GPU, HWMON_METER, IPMI);

    private final Map<String, Object> values;
    private final Path sys;

    private SensorChoice(Map<String, Object> values, Path sys) {
        this.values = values;
        this.sys = sys;
    }

    /** Adds its settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        ExporterConfig.define(definition);
        GpuSettings.define(definition);
        RedfishConfig.define(definition);
        IpmiSettings.define(definition);
        ConstantConfig.define(definition);
        return definition
                .define(
                        SENSORS,
                        Type.LIST,
                        String.join(",", USUAL),
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
                        "How often, in milliseconds, sensors are asked that take long to answer: management controllers and"
                                + " other exporters. Each sample gets the newest answer.");
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

    /** What is wrong with settings that were parsed with that definition, each of which is right by itself. */
    public static List<String> problems(Map<String, Object> values) {
        return Stream.concat(ExporterConfig.problems(values).stream(), RedfishConfig.problems(values).stream())
                .toList();
    }

    /** From settings that were parsed with that definition. */
    public static SensorChoice of(Map<String, Object> values) {
        return new SensorChoice(values, Path.of(String.valueOf(values.get(SYS_DIR))));
    }

    /** That of a host for which nothing is set. */
    public static SensorChoice usual() {
        return of(define(new ConfigDef()).parse(Map.of()));
    }

    /** The same for a sys file system mounted elsewhere. */
    public SensorChoice at(Path mounted) {
        return new SensorChoice(values, mounted);
    }

    /** Where the sys file system is mounted. */
    public Path sys() {
        return sys;
    }

    /** The sensors that there can be on this system and that are set up, the preferred first. */
    List<PowerSensor> sensors() {
        var sensors = new ArrayList<PowerSensor>();
        for (var name : new LinkedHashSet<>((List<?>) Objects.requireNonNull(values.get(SENSORS)))) {
            var sensor = (MAC ? NOT_ON_MAC : ONLY_ON_MAC).contains(name) ? null : sensor(String.valueOf(name));
            if (sensor != null) {
                sensors.add(sensor);
            }
        }
        return sensors;
    }

    /** Null for one that would need settings and has none. */
    private @Nullable PowerSensor sensor(String name) {
        return switch (name) {
            case EXPORTER -> polled(ExporterConfig.from(values));
            case RAPL -> new RaplSensor(sys);
            case POWERMETRICS -> polled(new PowermetricsSensor());
            case NVML -> new NvmlSensor(GpuSettings.from(values), System.getenv());
            case HWMON_GPU -> new HwmonGpuSensor(sys);
            case REDFISH -> polled(RedfishConfig.from(values));
            case HWMON_METER -> new HwmonMeterSensor(sys);
            case IPMI -> polled(new IpmiSensor(IpmiSettings.from(values)));
            case BATTERY -> new BatterySensor();
            case CONSTANT -> ConstantConfig.from(values);
            default -> throw new IllegalArgumentException("There is no sensor " + name);
        };
    }

    private @Nullable PowerSensor polled(@Nullable PowerSensor slow) {
        var interval = Duration.ofMillis(Long.parseLong(String.valueOf(values.get(POLL_INTERVAL_MS))));
        return slow == null ? null : new PolledSensor(slow, interval);
    }

    /** The models for what nothing measures. */
    List<PowerModel> models(HostFacts host) {
        return List.of(CpuLoadModel.of(host), new RamSizeModel(host.memoryBytes()));
    }
}
