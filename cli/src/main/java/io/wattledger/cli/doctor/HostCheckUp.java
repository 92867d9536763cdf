package io.wattledger.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Looks at what the kernel of a host shows, and at who may read it. */
final class HostCheckUp {
    /** Whom the shipped unit runs the collector as. */
    static final String GROUP = "wattledger";

    private static final String RAPL = "processor energy (RAPL)";
    private static final String BMC = "meter of the whole machine (IPMI)";
    private static final String NVIDIA = "NVIDIA GPUs (NVML)";
    private static final String CGROUPS = "CPU time of runs (cgroups)";
    private static final String CLOCK = "clock";

    private final Path root;
    private final Predicate<Path> readable;
    private final Predicate<String> library;

    /**
     * @param root of the file system to look at, {@code /} but for tests
     * @param readable whether this process may read a file
     * @param library whether a shared library of that name can be loaded
     */
    HostCheckUp(Path root, Predicate<Path> readable, Predicate<String> library) {
        this.root = root;
        this.readable = readable;
        this.library = library;
    }

    List<Diagnosis> diagnose() {
        return List.of(rapl(), bmc(), nvidia(), cgroups(), clock());
    }

    private Diagnosis rapl() {
        var powercap = root.resolve("sys/class/powercap");
        if (!Files.isDirectory(powercap)) {
            return Diagnosis.absent(
                    RAPL,
                    "There is no " + powercap
                            + ". Virtual machines have none; in a container mount the host's, read-only;"
                            + " on a physical machine `modprobe intel_rapl_msr` may bring it.");
        }
        var counters = counters(powercap);
        if (counters.isEmpty()) {
            return Diagnosis.absent(
                    RAPL, powercap + " holds no energy counter. On a physical machine try `modprobe intel_rapl_msr`.");
        }
        var denied = counters.stream().filter(readable.negate()).toList();
        if (denied.isEmpty()) {
            return Diagnosis.well(RAPL, "Can read " + counters.size() + " counters in " + powercap + ".");
        }
        var paths = denied.stream().map(Path::toString).collect(Collectors.joining(" "));
        var rules =
                denied.stream().map(path -> "z " + path + " 0440 root " + GROUP).collect(Collectors.joining("\\n"));
        return Diagnosis.ill(
                RAPL,
                "May not read " + paths + ": since kernel 5.10 they belong to root. Let the group " + GROUP
                        + " read them now and after each boot (the first three), or give the service the capability"
                        + " instead (the last).",
                "sudo groupadd --system --force " + GROUP,
                "printf '" + rules + "\\n' | sudo tee /etc/tmpfiles.d/wattledger.conf",
                "sudo systemd-tmpfiles --create /etc/tmpfiles.d/wattledger.conf",
                "printf '[Service]\\n"
                        + "AmbientCapabilities=CAP_DAC_READ_SEARCH\\n"
                        + "CapabilityBoundingSet=CAP_DAC_READ_SEARCH\\n"
                        + "' | sudo install -D --mode 0644 /dev/stdin"
                        + " /etc/systemd/system/wattledger-collector.service.d/rapl.conf && sudo systemctl daemon-reload");
    }

    private static List<Path> counters(Path powercap) {
        try (var folders = Files.list(powercap)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("intel-rapl:"))
                    .map(folder -> folder.resolve("energy_uj"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private Diagnosis bmc() {
        var device = root.resolve("dev/ipmi0");
        if (!Files.exists(device)) {
            return Diagnosis.absent(
                    BMC,
                    "There is no " + device + ". On a server with a BMC `modprobe ipmi_devintf ipmi_si` brings it.");
        }
        if (readable.test(device)) {
            return Diagnosis.well(BMC, "Can open " + device + ".");
        }
        return Diagnosis.ill(
                BMC,
                "May not open " + device + ", which belongs to root. Let the group " + GROUP + " use it:",
                "sudo groupadd --system --force " + GROUP,
                "echo 'KERNEL==\"ipmi*\", SUBSYSTEM==\"ipmi\", GROUP=\"" + GROUP
                        + "\", MODE=\"0660\"' | sudo tee /etc/udev/rules.d/70-wattledger-ipmi.rules",
                "sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=ipmi");
    }

    private Diagnosis nvidia() {
        var control = root.resolve("dev/nvidiactl");
        if (!Files.exists(control)) {
            return Diagnosis.absent(NVIDIA, "There is no " + control + ": no NVIDIA GPU, or no driver for one.");
        }
        if (!library.test("nvidia-ml")) {
            return Diagnosis.ill(
                    NVIDIA,
                    control
                            + " is there, but libnvidia-ml.so.1 cannot be loaded. It comes with the driver; in a"
                            + " container ask for it:",
                    "docker run --gpus all --env NVIDIA_DRIVER_CAPABILITIES=utility …");
        }
        if (!readable.test(control)) {
            return Diagnosis.ill(
                    NVIDIA,
                    "May not open " + control + ". Add the user of the collector to its group:",
                    "sudo usermod --append --groups \"$(stat --format %G " + control + ")\" " + GROUP);
        }
        return Diagnosis.well(NVIDIA, "Can load libnvidia-ml.so.1 and open " + control + ".");
    }

    private Diagnosis cgroups() {
        var folder = root.resolve("sys/fs/cgroup");
        if (readable.test(folder.resolve("cgroup.controllers"))) {
            return Diagnosis.well(CGROUPS, "Version 2 at " + folder + ".");
        }
        for (var controller : List.of("cpuacct", "cpu,cpuacct")) {
            if (readable.test(folder.resolve(controller).resolve("cpuacct.usage"))) {
                return Diagnosis.well(CGROUPS, "Version 1 at " + folder.resolve(controller) + ".");
            }
        }
        return Diagnosis.absent(
                CGROUPS,
                "Neither version is readable at " + folder
                        + "; runs are then measured by their processes. In a container"
                        + " mount the host's, read-only.");
    }

    private Diagnosis clock() {
        var proofs = new ArrayList<Path>();
        for (var proof : List.of("run/systemd/timesync/synchronized", "run/chrony/chronyd.pid", "run/ntpd.pid")) {
            proofs.add(root.resolve(proof));
        }
        return proofs.stream()
                .filter(Files::exists)
                .findFirst()
                .map(proof -> Diagnosis.well(CLOCK, "It is kept right, says " + proof + "."))
                .orElseGet(() -> Diagnosis.absent(
                        CLOCK,
                        "None of timesyncd, chrony and ntpd is seen to keep it. Intensities are joined by the time of"
                                + " the samples, so it should be right to some seconds."));
    }
}
