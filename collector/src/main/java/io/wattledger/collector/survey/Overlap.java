package io.wattledger.collector.survey;

import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerSensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which devices of all sensors are read, and which lies inside which, so that nothing is counted twice: a meter of the host
 * holds {@code psys}, that holds the packages and their memory, and what a sensor nests stays nested; GPUs lie in the host,
 * beside the packages, but for an accelerator that holds its processor. Processors, memory and the host are measured by one sensor each, the first that offers them.
 */
final class Overlap {
    /** The platform domain of RAPL: processor, memory and what else the maker has put on that rail. */
    static final String PSYS = "psys";

    /** An accelerator with processor and memory in one socket. */
    private static final String WITH_PROCESSOR = "apu-";

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final Map<Component, PowerSensor> owners = new EnumMap<>(Component.class);
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<PowerSensor, List<Device>> used = new LinkedHashMap<>();

    /** Takes in what a sensor offers; the preferred sensor first. */
    void offer(PowerSensor sensor, List<Device> offered) {
        var taken = new ArrayList<Device>();
        for (var device : offered) {
            if (!devices.containsKey(device.name()) && takes(sensor, device)) {
                devices.put(device.name(), device);
                taken.add(device);
            }
        }
        if (!taken.isEmpty()) {
            used.put(sensor, taken);
        }
    }

    private boolean takes(PowerSensor sensor, Device device) {
        return switch (device.component()) {
            case CPU, RAM -> owners.computeIfAbsent(device.component(), free -> sensor) == sensor;
            case HOST ->
                device.name().equals(PSYS) || owners.computeIfAbsent(device.component(), free -> sensor) == sensor;
            case GPU -> true;
            case OTHER -> device.parent() == null || devices.containsKey(device.parent());
        };
    }

    /** The sensor that measures a component, or null. */
    @Nullable
    PowerSensor owner(Component component) {
        return owners.get(component);
    }

    /** The sensors that are read, in the order they were offered. */
    List<PowerSensor> sensors() {
        return List.copyOf(used.keySet());
    }

    /** The devices that are read of a sensor, with their places in the tree. */
    List<Device> devicesOf(PowerSensor sensor) {
        var tree = tree();
        return used.getOrDefault(sensor, List.of()).stream()
                .map(device -> tree.getOrDefault(device.name(), device))
                .toList();
    }

    /** All devices that are read, by name, with their places in the tree. */
    Map<String, Device> tree() {
        var host = devices.values().stream()
                .filter(device ->
                        device.component() == Component.HOST && !device.name().equals(PSYS))
                .findFirst();
        @Nullable String outermost = host.map(Device::name).orElse(null);
        @Nullable String platform = devices.containsKey(PSYS) ? PSYS : outermost;
        var tree = new LinkedHashMap<String, Device>();
        for (var device : devices.values()) {
            tree.put(device.name(), inside(device, outermost, platform));
        }
        return tree;
    }

    private Device inside(Device device, @Nullable String outermost, @Nullable String platform) {
        if (device.name().equals(outermost)) {
            return device;
        }
        var nested = device.parent();
        if (nested != null && devices.containsKey(nested)) {
            return device;
        }
        if (device.component() == Component.GPU) {
            return new Device(device.name(), around(device, outermost), device.component(), device.method());
        }
        @Nullable String socket = socket(device);
        var holder = socket == null ? platform : socket;
        var around = device.name().equals(PSYS) ? outermost : holder;
        return new Device(device.name(), around, device.component(), device.method());
    }

    /** A module of NVIDIA Grace holds the GPU of the same number. */
    private @Nullable String around(Device gpu, @Nullable String outermost) {
        var module = gpu.name().replaceFirst("^gpu-", "module-");
        return !module.equals(gpu.name()) && devices.containsKey(module) ? module : outermost;
    }

    /**
     * The accelerator that a processor or memory is in. Where the numbers do not tell which, the first: the total is that of
     * all accelerators either way.
     */
    private @Nullable String socket(Device device) {
        if (device.component() != Component.CPU && device.component() != Component.RAM) {
            return null;
        }
        var number = NUMBER.matcher(device.name());
        var wanted = number.find() ? number.group() : "";
        var sockets = devices.keySet().stream()
                .filter(name -> name.startsWith(WITH_PROCESSOR))
                .sorted()
                .toList();
        return sockets.stream()
                .filter(name -> name.endsWith("-" + wanted))
                .findFirst()
                .or(() -> sockets.stream().findFirst())
                .orElse(null);
    }

    /** Whether something is read that holds processors and memory: a meter of the host or its platform, or accelerators. */
    boolean hasMeter() {
        return owners.containsKey(Component.HOST)
                || devices.containsKey(PSYS)
                || devices.keySet().stream().anyMatch(name -> name.startsWith(WITH_PROCESSOR));
    }
}
