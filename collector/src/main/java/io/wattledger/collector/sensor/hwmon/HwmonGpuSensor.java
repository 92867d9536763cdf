package io.wattledger.collector.sensor.hwmon;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.GpuModels;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Readings;
import io.wattledger.collector.sysfs.NumberFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Cards of AMD ({@code amdgpu}, power) and Intel ({@code i915} and {@code xe}, energy), as {@code gpu-amd-N} and
 * {@code gpu-intel-N} in the order of their PCI addresses, and accelerators that hold the processor of their socket, as
 * {@code apu-amd-N}. A card that is suspended is missing until it wakes.
 */
public final class HwmonGpuSensor implements PowerSensor, GpuModels {
    private final Path hwmon;
    private final NumberFile.Opener opener;
    private List<Card> cards = List.of();

    /** @param sys where the sys file system is mounted, usually {@code /sys} */
    public HwmonGpuSensor(Path sys) {
        this(sys, NumberFile.Opener.REAL);
    }

    HwmonGpuSensor(Path sys, NumberFile.Opener opener) {
        this.hwmon = sys.resolve("class/hwmon");
        this.opener = opener;
    }

    @Override
    public String name() {
        return "hwmon-gpu";
    }

    @Override
    public Set<Component> components() {
        return Set.of(Component.GPU);
    }

    @Override
    public Availability probe() {
        close();
        if (!Files.isDirectory(hwmon)) {
            return Unavailable.absent(
                    "There is no " + hwmon + ".",
                    "In a container, mount the host's /sys read-only; else load the card's driver.");
        }
        List<Chip> chips;
        try {
            chips = Chip.below(hwmon);
        } catch (IOException e) {
            return Unavailable.denied("Cannot list " + hwmon + " (" + e + ").", "Let the collector read it.");
        }
        var found = new ArrayList<Card>();
        var refusals = new ArrayList<Refusal>();
        open(chips, Card::isAmd, found, refusals);
        open(chips, Card::isIntel, found, refusals);
        if (found.isEmpty()) {
            return unavailable(chips, refusals);
        }
        chips.stream()
                .filter(Card::isPartOfProcessor)
                .forEach(chip -> refusals.add(new Refusal(
                        chip + " (graphics inside a processor; its power is that of the whole processor, which RAPL"
                                + " measures)",
                        false)));
        cards = List.copyOf(found);
        var names = cards.stream()
                .map(card -> card.device().name() + " (" + card.path() + ")")
                .collect(Collectors.joining(", "));
        return new Available(
                cards.stream().map(Card::device).toList(),
                names + Refusal.list(refusals, "; without ", ""),
                Refusal.anyDenied(refusals));
    }

    @Override
    public List<Reading> read() throws IOException {
        return Readings.of(
                cards,
                Card::read,
                (card, e) -> "cannot read " + card.device().name() + " from " + card.path() + " ("
                        + NumberFile.reason(e) + ")");
    }

    @Override
    public List<String> gpuModels() {
        return cards.stream().map(Card::model).toList();
    }

    @Override
    public void close() {
        cards.forEach(Card::close);
        cards = List.of();
    }

    /** A card keeps its number whether or not another one can be read. */
    private void open(List<Chip> chips, Predicate<Chip> maker, List<Card> found, List<Refusal> refusals) {
        var ofMaker = chips.stream()
                .filter(maker.and(chip -> !Card.isPartOfProcessor(chip)))
                .sorted(Comparator.comparing(Chip::address))
                .toList();
        int number = 0;
        for (var chip : ofMaker) {
            try {
                found.add(Card.open(chip, number, opener));
            } catch (AccessDeniedException e) {
                refusals.add(new Refusal(chip + " (" + e.getFile() + ": permission denied)", true));
            } catch (IOException e) {
                refusals.add(new Refusal(chip + " (" + NumberFile.reason(e) + ")", false));
            }
            number++;
        }
    }

    private Unavailable unavailable(List<Chip> chips, List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            var others = chips.stream().map(Chip::driver).collect(Collectors.toCollection(TreeSet::new));
            return Unavailable.absent(
                    hwmon + " holds no card of its own of the drivers amdgpu, i915 and xe; there are: " + others + ".",
                    "Where there is such a card, load its driver. Intel's show their energy since kernel 6.2 (i915) and 6.8"
                            + " (xe). Graphics inside a processor are in RAPL's counter of it.");
        }
        var reason = "Cannot read " + Refusal.list(refusals, "", "; ") + ".";
        return Refusal.anyDenied(refusals)
                ? Unavailable.denied(
                        reason, "Run the collector as root, or let its group read the files by a udev rule.")
                : Unavailable.silent(reason, "See what the driver says about it (dmesg | grep -iE 'amdgpu|i915|xe').");
    }
}
