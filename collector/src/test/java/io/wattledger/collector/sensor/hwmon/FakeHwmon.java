package io.wattledger.collector.sensor.hwmon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes chips as the kernel lays them out: folders below {@code devices}, links to them in {@code class/hwmon}. */
final class FakeHwmon {
    private final Path sys;

    FakeHwmon(Path sys) {
        this.sys = sys;
    }

    /**
     * A chip, or more files of one.
     *
     * @param number of its {@code hwmonX}
     * @param device path of its device below {@code devices}
     * @param text lines {@code path: content}; a path {@code device/…} is beside the device
     */
    FakeHwmon chip(int number, String device, String text) throws IOException {
        var parent = sys.resolve("devices").resolve(device);
        var folder = Files.createDirectories(parent.resolve("hwmon/hwmon" + number));
        link(folder.resolve("device"), Path.of("../../../" + parent.getFileName()));
        var all = Files.createDirectories(sys.resolve("class/hwmon"));
        link(all.resolve("hwmon" + number), all.relativize(folder));
        for (var line : text.lines().toList()) {
            int space = line.indexOf(' ');
            write(number, line.substring(0, space), line.substring(space + 1).trim());
        }
        return this;
    }

    /** Whoever has the file open sees it change. */
    void write(int number, String name, String content) throws IOException {
        var file = file(number, name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    /** A file that is there and does not answer when it is read. */
    void breakFile(int number, String name) throws IOException {
        Files.deleteIfExists(file(number, name));
        Files.createDirectory(file(number, name));
    }

    private Path file(int number, String name) throws IOException {
        var folder = sys.resolve("class/hwmon/hwmon" + number).toRealPath();
        if (name.startsWith("device/")) {
            return folder.resolve("device").toRealPath().resolve(name.substring("device/".length()));
        }
        return folder.resolve(name);
    }

    private static void link(Path link, Path target) throws IOException {
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, target);
        }
    }
}
