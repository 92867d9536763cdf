package io.wattledger.collector.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** In which groups a process is, see cgroups(7) on {@code /proc/PID/cgroup}. */
public final class ProcessGroups {
    private ProcessGroups() {}

    /** The groups of a process: of the hierarchy that counts CPU time, and of version 2. Empty when it is gone. */
    public static List<String> of(Path proc, long pid) {
        try {
            return parse(
                    Files.readString(proc.resolve(Long.toString(pid)).resolve("cgroup"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return List.of();
        }
    }

    static List<String> parse(String text) {
        var groups = new ArrayList<String>();
        for (var line : text.split("\n")) {
            // hierarchy:controllers:path
            var fields = line.split(":", 3);
            if (fields.length == 3
                    && ((fields[0].equals("0") && fields[1].isEmpty())
                            || Arrays.asList(fields[1].split(",")).contains("cpuacct"))) {
                groups.add(fields[2]);
            }
        }
        return groups;
    }
}
