package io.wattledger.collector.sensor.rapl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a sysfs tree from lines {@code path: content}, below {@code class/powercap}. */
public final class FakeSysfs {
    private FakeSysfs() {}

    public static Path write(Path sys, String text) throws IOException {
        for (var line : text.lines().toList()) {
            int space = line.indexOf(' ');
            var file = sys.resolve("class/powercap").resolve(line.substring(0, space));
            Files.createDirectories(file.getParent());
            Files.writeString(file, line.substring(space + 1).trim() + "\n");
        }
        return sys;
    }
}
