package io.wattledger.collector.sensor.hwmon;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import io.wattledger.collector.sysfs.NumberFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A card. */
final class Card {
    /** No card draws more; the largest of 2026 are sold with 1.4 kW. */
    private static final Power LIMIT = new Power(2_000_000);

    /** Intel's counters are those of RAPL, with what is commonly found for these. */
    private static final int INTEL_BAND_THOUSANDTHS = 50;

    /**
     * AMD publishes no figure. The value is the estimate of the card's controller, on many cards of the chip without the
     * losses of the board's regulators: our own guess is 10 %.
     */
    private static final int AMD_BAND_THOUSANDTHS = 100;

    /** Instinct MI300A in the list of PCI ids (2024). Its power is that of the socket, processor and memory with it. */
    private static final String ACCELERATOR_WITH_PROCESSOR = "1002:74a0";

    /** Where older kernels show the mean of a short while, newer ones show the value of the moment for some cards. */
    private static final List<String> POWER = List.of("power1_average", "power1_input");

    /** The card, then the chip alone: some boards do not show the first, or leave it at 0. */
    private static final List<String> ENERGY = List.of("energy1_input", "energy2_input");

    private final Device device;
    private final String model;
    private final Path runtimeStatus;
    private final boolean counts;
    private final NumberFile file;

    private Card(Device device, Chip chip, boolean counts, NumberFile file) {
        this.device = device;
        this.model = model(chip);
        this.runtimeStatus = chip.device().resolve("power/runtime_status");
        this.counts = counts;
        this.file = file;
    }

    static boolean isAmd(Chip chip) {
        return chip.driver().equals("amdgpu");
    }

    static boolean isIntel(Chip chip) {
        return chip.driver().equals("i915") || chip.driver().equals("xe");
    }

    /**
     * The driver shows the voltage of the north bridge for graphics inside a processor only, and not for an accelerator that
     * holds one.
     */
    static boolean isPartOfProcessor(Chip chip) {
        return isAmd(chip) && "vddnb".equals(chip.text("in1_label"));
    }

    /**
     * A card whose file has been read once, or that is suspended and so was not read.
     *
     * @param number among those of its maker
     * @throws IOException when it cannot be read
     */
    static Card open(Chip chip, int number, NumberFile.Opener opener) throws IOException {
        var maker = isAmd(chip) ? "amd" : "intel";
        var method = "HWMON_" + chip.driver().toUpperCase(Locale.ROOT);
        var kind = ACCELERATOR_WITH_PROCESSOR.equals(pciId(chip)) ? "apu-" : "gpu-";
        var device = new Device(kind + maker + "-" + number, null, Component.GPU, method);
        var names = isAmd(chip) ? POWER : ENERGY;
        for (var name : names) {
            if (!chip.has(name)) {
                continue;
            }
            var card = new Card(device, chip, !isAmd(chip), new NumberFile(chip.file(name), opener));
            if (card.isSuspended() || card.file.read() != 0 || !card.counts) {
                return card;
            }
            card.close();
        }
        throw new IOException(chip.folder() + " shows none of " + names + (isAmd(chip) ? "" : " that counts"));
    }

    /** Boards for servers tell their name, others only what they are on the bus. */
    private static String model(Chip chip) {
        var told = chip.ofDevice("product_name");
        var maker = isAmd(chip) ? "AMD" : "Intel";
        return told == null || told.isEmpty() ? maker + " GPU " + pciId(chip) : told;
    }

    /** Vendor and device, {@code 1002:74a0}; question marks for what the kernel does not tell. */
    private static String pciId(Chip chip) {
        return hexadecimal(chip.ofDevice("vendor")) + ":" + hexadecimal(chip.ofDevice("device"));
    }

    private static String hexadecimal(@Nullable String id) {
        return id == null ? "?" : id.replaceFirst("^0x", "");
    }

    Device device() {
        return device;
    }

    /** Name of its model, as far as the kernel tells it. */
    String model() {
        return model;
    }

    Path path() {
        return file.path();
    }

    Reading read() throws IOException {
        if (isSuspended()) {
            throw new IOException("it is suspended, and a read would wake it");
        }
        if (counts) {
            return new EnergyCounter(device, file.readMoving(), 0, LIMIT, INTEL_BAND_THOUSANDTHS);
        }
        var power = Power.ofMicrowatts(file.read());
        if (power.milliwatts() > LIMIT.milliwatts()) {
            throw new IOException("it tells " + power.watts() + " W, more than any card draws");
        }
        return new PowerLevel(device, power, AMD_BAND_THOUSANDTHS);
    }

    private boolean isSuspended() throws IOException {
        try {
            return Files.readString(runtimeStatus).startsWith("suspend");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    void close() {
        file.close();
    }
}
