package io.wattledger.collector.cgroup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A hierarchy of control groups that is mounted.
 *
 * @param version 1 or 2
 * @param controllers names of its controllers; empty for version 2, where groups say themselves which they have
 * @param mount where it is mounted
 * @param root group that is seen at the mount, {@code /} unless only a part of the hierarchy is mounted
 */
record Hierarchy(int version, List<String> controllers, Path mount, String root) {

    /** Those in the text of {@code /proc/PID/mountinfo}, see proc_pid_mountinfo(5); paths start from a folder. */
    static List<Hierarchy> parse(String mountinfo, Path folder) {
        var hierarchies = new ArrayList<Hierarchy>();
        for (var line : mountinfo.split("\n")) {
            // 31 23 0:28 /root /mount options [optional fields ...] - type source superOptions
            int dash = line.indexOf(" - ");
            var fields = line.split(" ");
            var rest = dash < 0 ? new String[0] : line.substring(dash + 3).split(" ");
            if (fields.length < 6 || rest.length < 3 || !rest[0].startsWith("cgroup")) {
                continue;
            }
            int version = rest[0].equals("cgroup2") ? 2 : 1;
            // A root above the name space of this process is told as /.. and stands for all that can be seen.
            var root = fields[3].startsWith("/..") ? "/" : plain(fields[3]);
            var mount = folder.resolve(plain(fields[4]).substring(1));
            var hierarchy =
                    new Hierarchy(version, version == 2 ? List.of() : Arrays.asList(rest[2].split(",")), mount, root);
            if (hierarchies.stream().noneMatch(hierarchy::repeats)) {
                hierarchies.add(hierarchy);
            }
        }
        return hierarchies;
    }

    boolean has(String controller) {
        return version == 2 || controllers.contains(controller);
    }

    /** Folder of a group; where the mount does not show it, one that does not exist. */
    Path folder(String group) {
        if (root.equals("/")) {
            return mount.resolve(group.substring(1));
        }
        return Cgroups.isInside(group, root)
                ? mount.resolve(group.substring(Math.min(group.length(), root.length() + 1)))
                : mount.resolve("cgroup.not.mounted");
    }

    /** Group of a folder relative to the mount, which starts with a slash. */
    String group(String relative) {
        return root.equals("/") ? relative : root + (relative.equals("/") ? "" : relative);
    }

    private boolean repeats(Hierarchy other) {
        return version == other.version && controllers.equals(other.controllers);
    }

    /** Undoes the octal escapes of blanks and backslashes. */
    private static String plain(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
