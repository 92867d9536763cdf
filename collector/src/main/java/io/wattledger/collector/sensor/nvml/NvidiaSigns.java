package io.wattledger.collector.sensor.nvml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the files of a Linux system tell about NVIDIA hardware. Worth a look before NVML is loaded, which takes a third of a
 * second and 12 MB, most of it for JNA: most hosts have no such GPU.
 */
final class NvidiaSigns {
    static final String PCI_VENDOR = "0x10de";

    private static final String DRIVER = "proc/driver/nvidia/version";

    /** Of the driver, and of Windows' GPUs in its Linux subsystem. */
    private static final List<String> DEVICES = List.of("dev/nvidiactl", "dev/dxg");

    private final Path root;

    /** @param root where {@code /proc}, {@code /sys} and {@code /dev} are, usually {@code /} */
    NvidiaSigns(Path root) {
        this.root = root;
    }

    /** Whether NVML is worth trying; always where there is no {@code /proc} to look into. */
    boolean mayHaveGpu() {
        return !Files.isDirectory(root.resolve("proc"))
                || hasDriver()
                || DEVICES.stream().anyMatch(device -> Files.exists(root.resolve(device)))
                || hasPciDevice();
    }

    /** Whether the kernel has the driver; containers see that of their host. */
    boolean hasDriver() {
        return Files.exists(root.resolve(DRIVER));
    }

    private boolean hasPciDevice() {
        try (var devices = Files.newDirectoryStream(root.resolve("sys/bus/pci/devices"))) {
            for (var device : devices) {
                if (Files.readString(device.resolve("vendor")).trim().equals(PCI_VENDOR)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // No PCI bus, or none that we are shown.
            return false;
        }
    }
}
