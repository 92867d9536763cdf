package io.wattledger.collector.sensor.hwmon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One chip of the tree.
 *
 * @param driver content of its name file
 * @param folder real path of its {@code hwmonX}
 * @param device real path of the device behind it, the same from boot to boot
 */
record Chip(String driver, Path folder, Path device) {

    /**
     * All chips, in the order of their devices.
     *
     * @param hwmon {@code /sys/class/hwmon}
     * @throws IOException when that cannot be listed
     */
    static List<Chip> below(Path hwmon) throws IOException {
        var chips = new ArrayList<Chip>();
        try (var folders = Files.newDirectoryStream(hwmon)) {
            for (var link : folders) {
                var folder = link.toRealPath();
                var name = text(file(folder, "name"));
                if (name != null) {
                    var device = folder.resolve("device");
                    chips.add(new Chip(name, folder, (Files.exists(device) ? device : folder).toRealPath()));
                }
            }
        }
        chips.sort(Comparator.comparing(chip -> chip.device().toString()));
        return chips;
    }

    /** Drivers of the old kind put their files beside the device instead of into {@code hwmonX}. */
    private static Path file(Path folder, String name) {
        var own = folder.resolve(name);
        return Files.exists(own) ? own : folder.resolve("device").resolve(name);
    }

    Path file(String name) {
        return file(folder, name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    /** Content of a file without blanks around it, or null where it is missing or does not answer. */
    @Nullable
    String text(String name) {
        return text(file(name));
    }

    /** Content of a file of the device behind it, or null likewise. */
    @Nullable
    String ofDevice(String name) {
        return text(device.resolve(name));
    }

    private static @Nullable String text(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return null;
        }
    }

    /** Last part of the path of its device: the PCI address of a card, the ACPI name of a meter. */
    String address() {
        return device.getFileName().toString();
    }

    @Override
    public String toString() {
        return driver + " " + address();
    }
}
