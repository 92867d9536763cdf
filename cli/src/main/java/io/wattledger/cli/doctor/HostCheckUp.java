package io.wattledger.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Looks at what a host shows besides its sensors. */
final class HostCheckUp {
    private static final String CGROUPS = "CPU time of runs (cgroups)";
    private static final String CLOCK = "clock";

    private final Path root;
    private final Predicate<Path> readable;

    /**
     * @param root of the file system to look at, {@code /} but for tests
     * @param readable whether this process may read a file
     */
    HostCheckUp(Path root, Predicate<Path> readable) {
        this.root = root;
        this.readable = readable;
    }

    List<Diagnosis> diagnose() {
        return List.of(cgroups(), clock());
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
