package io.wattledger.collector.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The control groups of a host. Not thread-safe. */
public final class Cgroups {
    private static final long NANOS_PER_MICRO = 1000;

    /** Groups nested deeper than this are not looked for. */
    private static final int DEEPEST = 16;

    /** Controllers whose files, all named after them, are no groups. */
    private static final Set<String> CONTROLLERS = Set.of(
            "cgroup",
            "cpu",
            "cpuacct",
            "cpuset",
            "memory",
            "io",
            "blkio",
            "pids",
            "hugetlb",
            "rdma",
            "misc",
            "irq",
            "devices",
            "freezer",
            "net_cls",
            "net_prio",
            "perf_event",
            "dmem");

    private static final Set<String> UNITS = Set.of("slice", "scope", "service", "mount", "socket", "swap");

    private static final Set<String> OTHER_FILES = Set.of("tasks", "notify_on_release", "release_agent");

    private final List<Hierarchy> cpu;
    private final List<Hierarchy> memory;
    private final CounterFile counters = new CounterFile();

    private Cgroups(List<Hierarchy> hierarchies) {
        // A controller is in one hierarchy only: where version 1 has it, version 2 has not.
        cpu = with("cpuacct", hierarchies);
        memory = with("memory", hierarchies);
    }

    /**
     * Those of this host.
     *
     * @param root where the root of the host's file system is, which in a container may not be {@code /}
     */
    public static Cgroups ofHost(Path root) {
        try {
            var own = root.resolve("proc/self/mountinfo");
            // Of the process with id 1 where the host's /proc is seen from another process name space.
            var file = Files.isReadable(own) ? own : root.resolve("proc/1/mountinfo");
            return of(Files.readString(file, StandardCharsets.UTF_8), root);
        } catch (IOException e) {
            return new Cgroups(List.of());
        }
    }

    /**
     * Those that a list of mounts tells.
     *
     * @param mountinfo text of {@code /proc/PID/mountinfo}
     * @param root folder that the paths in it start from
     */
    public static Cgroups of(String mountinfo, Path root) {
        return new Cgroups(Hierarchy.parse(mountinfo, root));
    }

    /** Whether a group is another one or lies in it. */
    public static boolean isInside(String group, String outer) {
        return outer.equals("/")
                || group.equals(outer)
                || (group.startsWith(outer) && group.charAt(outer.length()) == '/');
    }

    /** Whether there are any: none is mounted on systems other than Linux. */
    public boolean mounted() {
        return !cpu.isEmpty();
    }

    /** All groups but the root, in order of their names. */
    public Set<String> list() {
        var groups = new TreeSet<String>();
        for (var hierarchy : cpu) {
            list(hierarchy, "", 0, groups);
        }
        return groups;
    }

    /** What tells a group from a later one of the same name; empty when it is gone. */
    public Optional<Object> identity(String group) {
        for (var hierarchy : cpu) {
            try {
                var attributes = Files.readAttributes(hierarchy.folder(group), BasicFileAttributes.class);
                return Optional.ofNullable(attributes.fileKey());
            } catch (IOException e) {
                // It is not in this hierarchy.
                continue;
            }
        }
        return Optional.empty();
    }

    /**
     * CPU time of all processes that are or were in a group or those inside it, in nanoseconds since it was made.
     *
     * @return empty when the group is gone
     * @throws IOException when it is there and cannot be read
     */
    public OptionalLong cpuNanos(String group) throws IOException {
        for (var hierarchy : cpu) {
            var folder = hierarchy.folder(group);
            if (hierarchy.version() == 1) {
                var nanos = counters.read(folder.resolve("cpuacct.usage"), "");
                if (nanos.isPresent()) {
                    return nanos;
                }
            } else {
                var micros = counters.read(folder.resolve("cpu.stat"), "usage_usec ");
                if (micros.isPresent()) {
                    return OptionalLong.of(micros.getAsLong() * NANOS_PER_MICRO);
                }
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Memory charged to a group and those inside it, in bytes, page cache with it.
     *
     * @return empty when the group is gone or has no memory controller
     * @throws IOException when it is there and cannot be read
     */
    public OptionalLong memoryBytes(String group) throws IOException {
        for (var hierarchy : memory) {
            var name = hierarchy.version() == 1 ? "memory.usage_in_bytes" : "memory.current";
            var bytes = counters.read(hierarchy.folder(group).resolve(name), "");
            if (bytes.isPresent()) {
                return bytes;
            }
        }
        return OptionalLong.empty();
    }

    /** Processes in a group and those inside it, as far as they can be seen; in no order. */
    public Set<Long> processes(String group) {
        var pids = new LinkedHashSet<Long>();
        for (var hierarchy : cpu) {
            processes(hierarchy.folder(group), 0, pids);
        }
        return pids;
    }

    private static List<Hierarchy> with(String controller, List<Hierarchy> hierarchies) {
        var fitting = new ArrayList<Hierarchy>();
        for (int version = 1; version <= 2; version++) {
            for (var hierarchy : hierarchies) {
                if (hierarchy.version() == version && hierarchy.has(controller)) {
                    fitting.add(hierarchy);
                }
            }
        }
        return fitting;
    }

    private static void list(Hierarchy hierarchy, String relative, int depth, Set<String> groups) {
        for (var name : inner(hierarchy.mount().resolve(relative.isEmpty() ? "" : relative.substring(1)))) {
            var below = relative + "/" + name;
            groups.add(hierarchy.group(below));
            if (depth < DEEPEST) {
                list(hierarchy, below, depth + 1, groups);
            }
        }
    }

    private static void processes(Path folder, int depth, Set<Long> pids) {
        try (var lines = Files.lines(folder.resolve("cgroup.procs"), StandardCharsets.ISO_8859_1)) {
            lines.map(Long::valueOf).filter(pid -> pid > 0).forEach(pids::add);
        } catch (IOException | UncheckedIOException e) {
            // Gone, or a threaded group, whose processes are those of the group around it.
            if (Files.notExists(folder)) {
                return;
            }
        }
        if (depth < DEEPEST) {
            inner(folder).forEach(name -> processes(folder.resolve(name), depth + 1, pids));
        }
    }

    /** Names of the groups in the folder of one. Names tell most files, so that not every one need be asked what it is. */
    private static List<String> inner(Path folder) {
        var file = folder.toFile();
        var names = file.list();
        var groups = new ArrayList<String>();
        for (var name : names == null ? new String[0] : names) {
            int dot = name.indexOf('.');
            boolean isFile = dot > 0
                    ? CONTROLLERS.contains(name.substring(0, dot))
                            && !UNITS.contains(name.substring(name.lastIndexOf('.') + 1))
                    : OTHER_FILES.contains(name);
            if (!isFile && folder.resolve(name).toFile().isDirectory()) {
                groups.add(name);
            }
        }
        return groups;
    }
}
