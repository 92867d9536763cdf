package io.wattledger.collector.sensor.rapl;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** RAPL through {@code /sys/class/powercap}. */
public final class RaplSensor implements PowerSensor {
    /** Indices are written in hexadecimal: {@code intel-rapl:a} exists. The same tree is used for AMD. */
    private static final Pattern TOP = Pattern.compile("intel-rapl:[0-9a-f]+");

    private static final Pattern SUB = Pattern.compile("(intel-rapl:[0-9a-f]+):[0-9a-f]+");

    private final Path powercap;
    private final PowercapFiles files;
    private List<RaplDomain> domains = List.of();

    /** @param sys where the sys file system is mounted, usually {@code /sys} */
    public RaplSensor(Path sys) {
        this(sys, PowercapFiles.REAL);
    }

    RaplSensor(Path sys, PowercapFiles files) {
        this.powercap = sys.resolve("class/powercap");
        this.files = files;
    }

    @Override
    public String name() {
        return "rapl";
    }

    @Override
    public Set<Component> components() {
        return EnumSet.of(Component.CPU, Component.RAM);
    }

    @Override
    public Availability probe() {
        domains = List.of();
        if (!Files.isDirectory(powercap)) {
            return new Unavailable(
                    "There is no " + powercap + ".",
                    "It is never there inside virtual machines and rarely in containers (mount the host's /sys/class/powercap"
                            + " read-only); on a physical Intel or AMD machine load the module intel_rapl_msr"
                            + " (modprobe intel_rapl_msr).");
        }
        var refusals = new ArrayList<Refusal>();
        var found = new ArrayList<RaplDomain>();
        for (var folder : folders()) {
            open(folder, found, refusals);
        }
        if (found.isEmpty()) {
            return unavailable(refusals);
        }
        domains = List.copyOf(found);
        var names = found.stream().map(domain -> domain.device().name()).collect(Collectors.joining(", "));
        var also = refusals.stream()
                .map(refusal -> "; without " + refusal.reason())
                .collect(Collectors.joining());
        return new Available(
                found.stream().map(RaplDomain::device).toList(), powercap + "/intel-rapl*: " + names + also);
    }

    @Override
    public List<Reading> read() throws IOException {
        var readings = new ArrayList<Reading>(domains.size());
        var failures = new ArrayList<String>();
        for (var domain : domains) {
            try {
                readings.add(domain.parse(files.read(domain.energyFile())));
            } catch (IOException e) {
                failures.add("cannot read " + domain.energyFile() + " (" + e + ")");
            }
        }
        if (readings.isEmpty() && !failures.isEmpty()) {
            throw new IOException(String.join("; ", failures));
        }
        return readings;
    }

    /** All domain folders of the processor, parents before their children. */
    private List<Path> folders() {
        try (var all = Files.list(powercap)) {
            return all.filter(folder -> {
                        var name = folder.getFileName().toString();
                        return TOP.matcher(name).matches() || SUB.matcher(name).matches();
                    })
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void open(Path folder, List<RaplDomain> found, List<Refusal> refusals) {
        var energy = folder.resolve("energy_uj");
        try {
            var name = files.read(folder.resolve("name")).trim();
            var device = RaplDomain.device(name, parentName(folder));
            if (device == null) {
                return;
            }
            long value = RaplDomain.number(energy, files.read(energy));
            if (value == 0) {
                refusals.add(new Refusal(device.name() + " (" + energy + " stands at 0 and so does not count)", false));
                return;
            }
            var range = folder.resolve("max_energy_range_uj");
            found.add(new RaplDomain(device, energy, RaplDomain.number(range, files.read(range))));
        } catch (AccessDeniedException e) {
            refusals.add(new Refusal(energy + " (permission denied)", true));
        } catch (IOException e) {
            refusals.add(new Refusal(energy + " (" + e.getMessage() + ")", false));
        }
    }

    private @Nullable String parentName(Path folder) throws IOException {
        var matcher = SUB.matcher(folder.getFileName().toString());
        if (!matcher.matches()) {
            return null;
        }
        return files.read(powercap.resolve(matcher.group(1)).resolve("name")).trim();
    }

    private Unavailable unavailable(List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            return new Unavailable(
                    powercap + " holds no package domain of a processor (intel-rapl:*).",
                    "Load the module intel_rapl_msr (modprobe intel_rapl_msr). Processors other than Intel's since 2011 and"
                            + " AMD's since family 17h have no such counters.");
        }
        var reason = refusals.stream().map(Refusal::reason).collect(Collectors.joining("; ", "Cannot read ", "."));
        var denied = refusals.stream().anyMatch(Refusal::denied);
        return new Unavailable(
                reason,
                denied
                        ? "Run the collector as root, or grant it CAP_DAC_READ_SEARCH, or let its group read the files"
                                + " (chgrp and chmod g+r on " + powercap
                                + "/intel-rapl:*/energy_uj at boot, by a udev or"
                                + " tmpfiles rule)."
                        : "See what the kernel says about it (dmesg | grep -i rapl).");
    }

    private record Refusal(String reason, boolean denied) {}
}
