package io.wattledger.cli.replay;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.accounting.replay.Recording;
import io.wattledger.cli.terminal.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is ready to be replayed: everything is read and checked, and what the ledger will account is known to
 * the millijoule.
 */
final class Replay {
    /** The namespace that the ledger keeps apart from the fleet. */
    private static final String NAMESPACE = "replay/";

    /** A recording is told in about as many samples at most, so that years of it do not become too many. */
    private static final long MOST_SAMPLES = 100_000;

    /**
     * What the figures depend on beside the files.
     *
     * @param zone electricity-grid zone
     * @param pue of the site
     * @param project the run is accounted to
     * @param run the run, or null to have it follow from the content
     */
    record Terms(
            String zone, Pue pue, String project, @Nullable String run) {}

    private final RecordedPower power;
    private final @Nullable IntensityFile intensities;
    private final Terms terms;
    private final SlotLength slots;
    private final ReplayId id;
    private final Recording recording;
    private final Totals totals;

    /**
     * What the samples of a recording come to.
     *
     * @param samples how many there are
     * @param energy of all of them
     * @param covered energy of the slots that the supplied intensities cover
     */
    record Totals(long samples, Energy energy, Energy covered) {}

    /**
     * @param slots the accounting interval, in which the intensities do not change
     * @throws Failure when the devices together draw more than is taken for possible
     */
    Replay(RecordedPower power, @Nullable IntensityFile intensities, Terms terms, SlotLength slots) {
        this.power = power;
        this.intensities = intensities;
        this.terms = terms;
        this.slots = slots;
        this.id = ReplayId.of(power, intensities, terms, slots);
        var devices = power.devices().stream()
                .map(device -> new Recording.Device(device.nanowatts(), device.component()))
                .toList();
        var whole = new Recording(devices, power.components().size(), slots, 0);
        long shortest = (whole.end() - whole.start()) / MOST_SAMPLES;
        this.recording = new Recording(devices, power.components().size(), slots, shortest);
        this.totals = count();
    }

    private Totals count() {
        var sums = new long[3];
        try {
            recording.forEach((start, end, millijoules) -> {
                long energy = 0;
                for (long part : millijoules) {
                    checkPower(start, end, part);
                    energy += part;
                }
                sums[0]++;
                sums[1] = Math.addExact(sums[1], energy);
                sums[2] += intensity(start).isPresent() ? energy : 0;
            });
        } catch (ArithmeticException e) {
            throw new Failure(
                    "Nothing was imported: the devices together draw more than can be counted;"
                            + " check the unit of the values, which is watts",
                    e);
        }
        return new Totals(sums[0], new Energy(sums[1]), new Energy(sums[2]));
    }

    /** 1 nW over 1 ms is 1 pJ; a millijoule more may come from rounding. */
    private static void checkPower(long start, long end, long millijoules) {
        long most = Plausible.MOST_NANOWATTS / 1_000_000_000L * (end - start) + 1;
        if (millijoules > most) {
            throw new Failure("Nothing was imported: at " + Instant.ofEpochMilli(start) + " the devices together draw "
                    + BigDecimal.valueOf(millijoules / (end - start)).toPlainString()
                    + " W, and the ledger takes no more than " + Plausible.MOST_NANOWATTS / 1_000_000_000L
                    + " W for possible; replay fewer at once with --device");
        }
    }

    /** The supplied intensity of the slot that includes an instant, in micrograms per kilowatt-hour. */
    OptionalLong intensity(long epochMillis) {
        if (intensities == null) {
            return OptionalLong.empty();
        }
        long slot = slots.startOf(epochMillis);
        return intensities.microgramsPerKwh().over(slot, slot + slots.millis());
    }

    RecordedPower power() {
        return power;
    }

    @Nullable
    IntensityFile intensities() {
        return intensities;
    }

    Terms terms() {
        return terms;
    }

    SlotLength slots() {
        return slots;
    }

    Recording recording() {
        return recording;
    }

    Totals totals() {
        return totals;
    }

    /** The host it is replayed as, and the name of its own series of intensities. */
    String host() {
        return NAMESPACE + id.text();
    }

    String session() {
        return id.full();
    }

    String run() {
        var run = terms.run();
        return run != null ? run : id.run(recording.start());
    }

    /** The version of the supplied intensities: always the same, so that the same ones change nothing. */
    Instant version() {
        return Instant.ofEpochMilli(recording.end());
    }

    List<RecordedPower.Component> components() {
        return power.components();
    }
}
