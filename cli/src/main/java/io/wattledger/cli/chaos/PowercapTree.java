package io.wattledger.cli.chaos;

import io.wattledger.schemas.record.DeviceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Energy counters in the layout of the kernel's powercap tree, as files. The power of each domain walks at random between
 * its limits, and its counter goes on by power × time in whole microjoules, so what has been used is known exactly, and is
 * never a round number of millijoules.
 */
final class PowercapTree {
    private static final int STEPS_ACROSS = 20;

    /**
     * A domain.
     *
     * @param folder name of its folder, such as {@code intel-rapl:0}
     * @param device name of its device in the ledger
     * @param name content of its name file
     * @param rangeMicrojoules where the counter wraps
     * @param startMicrojoules where it stands at first; not 0, which the sensor takes for a counter that does not count
     * @param leastMicrowatts limits of its power; microwatts are microjoules per second
     */
    record Domain(
            String folder,
            String device,
            String name,
            DeviceKind kind,
            long rangeMicrojoules,
            long startMicrojoules,
            long leastMicrowatts,
            long mostMicrowatts) {}

    private static final class Counter {
        final Domain domain;
        final Path file;
        long microwatts;
        /** As if it had never wrapped. */
        long total;

        Counter(Domain domain, Path folder) {
            this.domain = domain;
            this.file = folder.resolve("energy_uj");
            this.microwatts = (domain.leastMicrowatts + domain.mostMicrowatts) / 2;
            this.total = domain.startMicrojoules;
        }

        long raw() {
            return total % domain.rangeMicrojoules;
        }
    }

    private final Path sys;
    private final Random random;
    private final List<Counter> counters = new ArrayList<>();

    /** Writes the tree below a folder that stands for {@code /sys}. */
    PowercapTree(Path sys, List<Domain> domains, Random random) {
        this.sys = sys;
        this.random = random;
        try {
            for (var domain : domains) {
                var folder =
                        Files.createDirectories(sys.resolve("class/powercap").resolve(domain.folder));
                Files.writeString(folder.resolve("name"), domain.name + "\n");
                Files.writeString(folder.resolve("max_energy_range_uj"), domain.rangeMicrojoules + "\n");
                var counter = new Counter(domain, folder);
                counters.add(counter);
                write(counter);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write counters to " + sys, e);
        }
    }

    Path sys() {
        return sys;
    }

    /** So much time has passed. */
    synchronized void advance(Duration time) {
        try {
            for (var counter : counters) {
                var domain = counter.domain;
                long step = (domain.mostMicrowatts - domain.leastMicrowatts) / STEPS_ACROSS;
                long walked = counter.microwatts + random.nextLong(-step, step + 1);
                counter.microwatts = Math.max(domain.leastMicrowatts, Math.min(domain.mostMicrowatts, walked));
                counter.total += counter.microwatts * (time.toNanos() / 1000) / 1_000_000;
                write(counter);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot advance the counters in " + sys, e);
        }
    }

    /** Whoever reads sees the number before or the number after. */
    private static void write(Counter counter) throws IOException {
        var fresh = counter.file.resolveSibling("energy_uj.new");
        Files.writeString(fresh, counter.raw() + "\n");
        Files.move(fresh, counter.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * What a counter has gone on by since the beginning.
     *
     * @param raw where it stands
     * @param millijoules difference of the floored counter, as if it had never wrapped
     * @param wraps how often it has wrapped
     */
    record Progress(String device, DeviceKind kind, long raw, long millijoules, long wraps) {}

    synchronized List<Progress> progress() {
        return counters.stream()
                .map(counter -> new Progress(
                        counter.domain.device,
                        counter.domain.kind,
                        counter.raw(),
                        counter.total / 1000 - counter.domain.startMicrojoules / 1000,
                        counter.total / counter.domain.rangeMicrojoules))
                .toList();
    }
}
