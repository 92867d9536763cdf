package io.wattledger.grid.location;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the firmware says about the machine: the DMI texts that Linux shows under {@code /sys/class/dmi/id}. */
final class Firmware {
    /** Chassis tag of every virtual machine in Azure; other Hyper-V machines have the same vendor but not this tag. */
    private static final String AZURE_CHASSIS = "7783-7084-3265-9085-8269-3286-77";

    private final Path dmi;

    Firmware(Path dmi) {
        this.dmi = dmi;
    }

    /** The cloud it names; nothing where it names none or cannot be read. */
    Optional<Cloud> cloud() {
        if (text("sys_vendor").startsWith("Amazon") || text("bios_vendor").startsWith("Amazon")) {
            return Optional.of(Cloud.AWS);
        }
        // Chromebooks have Google as their vendor too, but not as their product.
        if (text("product_name").startsWith("Google")) {
            return Optional.of(Cloud.GCP);
        }
        if (text("chassis_asset_tag").equals(AZURE_CHASSIS)) {
            return Optional.of(Cloud.AZURE);
        }
        return Optional.empty();
    }

    private String text(String name) {
        try {
            return Files.readString(dmi.resolve(name)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
