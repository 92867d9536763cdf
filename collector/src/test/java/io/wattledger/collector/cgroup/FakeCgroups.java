package io.wattledger.collector.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Control groups written into a folder, in the kernel's layout, version 1 or 2. */
public final class FakeCgroups {
    private static final String V1 = """
            25 30 0:23 / /sys rw,nosuid - sysfs sysfs rw
            31 25 0:28 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
            32 31 0:29 / /sys/fs/cgroup/systemd rw shared:9 - cgroup cgroup rw,xattr,name=systemd
            33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw shared:10 - cgroup cgroup rw,cpu,cpuacct
            34 31 0:31 / /sys/fs/cgroup/memory rw shared:11 - cgroup cgroup rw,memory
            """;
    private static final String V2 = """
            25 30 0:23 / /sys rw,nosuid - sysfs sysfs rw
            31 25 0:28 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
            """;

    private final Path root;
    private final boolean second;

    private FakeCgroups(Path root, boolean second) {
        this.root = root;
        this.second = second;
    }

    public static FakeCgroups v1(Path root) {
        return new FakeCgroups(root, false);
    }

    public static FakeCgroups v2(Path root) {
        return new FakeCgroups(root, true);
    }

    public Cgroups open() {
        return Cgroups.of(second ? V2 : V1, root);
    }

    /** Makes a group, or sets what it has used. */
    public void set(String group, long cpuMillis, long bytes, long... pids) throws IOException {
        var procs = new StringBuilder();
        for (long pid : pids) {
            procs.append(pid).append('\n');
        }
        if (second) {
            write(
                    folder("", group),
                    "cpu.stat",
                    "usage_usec " + cpuMillis * 1000 + "\nuser_usec 1\nsystem_usec 2\nnr_periods 0\n");
            write(folder("", group), "memory.current", bytes + "\n");
            write(folder("", group), "cgroup.procs", procs.toString());
        } else {
            write(folder("cpu,cpuacct", group), "cpuacct.usage", cpuMillis * 1_000_000 + "\n");
            write(folder("cpu,cpuacct", group), "cgroup.procs", procs.toString());
            write(folder("cpu,cpuacct", group), "tasks", procs.toString());
            write(folder("memory", group), "memory.usage_in_bytes", bytes + "\n");
        }
    }

    public void remove(String group) throws IOException {
        for (var hierarchy : second ? new String[] {""} : new String[] {"cpu,cpuacct", "memory"}) {
            try (var files = Files.walk(folder(hierarchy, group))) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path folder(String hierarchy, String group) {
        return root.resolve("sys/fs/cgroup").resolve(hierarchy).resolve(group.substring(1));
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(file), text);
    }
}
