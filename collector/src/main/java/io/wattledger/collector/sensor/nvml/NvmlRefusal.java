package io.wattledger.collector.sensor.nvml;

import io.wattledger.collector.sensor.Availability.Cause;
import io.wattledger.collector.sensor.Availability.Unavailable;
import java.util.List;

/** Why NVML cannot be used, and what would help. */
final class NvmlRefusal {
    private static final String INTO_CONTAINER =
            "give the container the GPUs: docker run --gpus all with the NVIDIA Container Toolkit on the host, the runtime"
                    + " class nvidia with NVIDIA_VISIBLE_DEVICES=all on Kubernetes";

    private final NvidiaSigns signs;

    NvmlRefusal(NvidiaSigns signs) {
        this.signs = signs;
    }

    /** Nothing was tried, for want of hardware. */
    static Unavailable noHardware() {
        return Unavailable.absent(
                "There is no sign of an NVIDIA GPU: no PCI device of vendor " + NvidiaSigns.PCI_VENDOR
                        + " (/sys/bus/pci/devices/*/vendor), no /proc/driver/nvidia, no /dev/nvidiactl.",
                "Nothing where there is none. In a container that is shown neither, " + INTO_CONTAINER + ".");
    }

    /** No library could be loaded. */
    Unavailable noLibrary(List<String> names, List<String> errors) {
        var tried = "Cannot load " + String.join(" or ", names) + " (" + String.join("; ", errors) + ")";
        return signs.hasDriver()
                ? Unavailable.silent(
                        tried + ", though an NVIDIA driver is loaded.",
                        "In a container, " + INTO_CONTAINER
                                + ". On the host, install the library that goes with the driver (package libnvidia-compute-…"
                                + " or nvidia-driver-cuda-libs).")
                : Unavailable.absent(
                        tried + ": there is no NVIDIA driver here.",
                        "Nothing where there is no NVIDIA GPU; otherwise install its driver. In a container, "
                                + INTO_CONTAINER + ".");
    }

    /** The library does not come to terms with the driver. */
    Unavailable noDriver(NvmlException e) {
        var reason = "NVML was loaded but does not start: " + e.getMessage() + ".";
        return switch (e.status()) {
            case NvmlException.VERSION_MISMATCH ->
                Unavailable.silent(
                        reason,
                        "The library and the kernel module of the NVIDIA driver are of different versions, as after an update:"
                                + " reboot, or stop what uses the GPUs and load the module again (rmmod nvidia_uvm nvidia_drm"
                                + " nvidia_modeset nvidia, then modprobe nvidia). In a container, start it again.");
            case NvmlException.NO_PERMISSION, NvmlException.OPERATING_SYSTEM ->
                Unavailable.denied(
                        reason,
                        "Let the collector read and write /dev/nvidiactl and /dev/nvidia0 …: add its user to the group that owns"
                                + " them (ls -l /dev/nvidia*, often video), allow the devices in its cgroup (systemd:"
                                + " DeviceAllow=char-nvidia* rw), or " + INTO_CONTAINER + ".");
            case NvmlException.DRIVER_NOT_LOADED, NvmlException.LIBRARY_NOT_FOUND ->
                signs.hasDriver()
                        ? Unavailable.denied(
                                reason,
                                "The driver is loaded in the kernel but its devices (/dev/nvidiactl) are not to be seen here; "
                                        + INTO_CONTAINER + ".")
                        : Unavailable.silent(
                                reason,
                                "Load the kernel module of the NVIDIA driver (modprobe nvidia) and see what it says"
                                        + " (dmesg | grep -i nvrm).");
            default ->
                Unavailable.silent(
                        reason, "See what nvidia-smi and the kernel say about it (dmesg | grep -i -e nvrm -e xid).");
        };
    }

    /** It works and sees no board. */
    static Unavailable noBoards() {
        return Unavailable.absent(
                "NVML works but sees no GPU.",
                "Nothing where there is none. In a container, " + INTO_CONTAINER
                        + "; on the host see whether lspci shows one and what the kernel says (dmesg | grep -i nvrm).");
    }

    /**
     * No board is left.
     *
     * @param choice whether that is what somebody has chosen, and no board has failed
     */
    static Unavailable noneLeft(List<String> reasons, boolean choice) {
        return new Unavailable(
                choice ? Cause.ABSENT : Cause.SILENT,
                "None of the GPUs that NVML sees is measured: " + String.join("; ", reasons) + ".",
                "Where they are to be measured, choose them with " + GpuSettings.DEVICES
                        + " (all, indexes or UUIDs: nvidia-smi -L shows both). A GPU that fails may need a reset; see"
                        + " dmesg | grep -i xid.");
    }
}
