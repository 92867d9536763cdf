package io.wattledger.collector.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** From {@code /proc/cpuinfo} and {@code /proc/meminfo}. */
final class ProcHostFacts {
    private static final String PRETTY_NAME = "PRETTY_NAME=";

    private ProcHostFacts() {}

    static @Nullable HostFacts read(Path proc) {
        try {
            return parse(Files.readString(proc.resolve("cpuinfo")), Files.readString(proc.resolve("meminfo")));
        } catch (IOException e) {
            return null;
        }
    }

    static @Nullable String hostName(Path proc) {
        try {
            var name = Files.readString(proc.resolve("sys/kernel/hostname")).trim();
            return name.isEmpty() || name.equals("(none)") ? null : name;
        } catch (IOException e) {
            return null;
        }
    }

    /** What os-release(5) calls the distribution, and the version of the kernel; null where either is not told. */
    static @Nullable String operatingSystem(Path osRelease, Path proc) {
        try {
            var kernel = Files.readString(proc.resolve("sys/kernel/osrelease")).trim();
            for (var line : Files.readString(osRelease).split("\n")) {
                if (line.startsWith(PRETTY_NAME)) {
                    return line.substring(PRETTY_NAME.length())
                                    .replace("\"", "")
                                    .trim() + ", Linux " + kernel;
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    static @Nullable HostFacts parse(String cpuinfo, String meminfo) {
        var packages = new HashSet<String>();
        var model = "";
        int processors = 0;
        boolean virtual = false;
        for (var line : cpuinfo.split("\n")) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            var name = line.substring(0, colon).trim();
            var value = line.substring(colon + 1).trim();
            switch (name) {
                case "processor" -> processors++;
                case "model name" -> model = value;
                case "physical id" -> packages.add(value);
                case "flags" -> virtual |= (" " + value + " ").contains(" hypervisor ");
                default -> {}
            }
        }
        return processors == 0
                ? null
                : new HostFacts(model, Math.max(1, packages.size()), processors, virtual, memoryBytes(meminfo));
    }

    private static long memoryBytes(String meminfo) {
        return meminfo.lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty())
                .mapToLong(digits -> Long.parseLong(digits) * 1024)
                .findFirst()
                .orElse(0);
    }
}
