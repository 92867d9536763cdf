package io.wattledger.cli.chaos;

import io.wattledger.cli.stack.JavaCommand;
import io.wattledger.collector.control.CollectorClient;
import io.wattledger.collector.control.CollectorStatus;
import io.wattledger.collector.spool.Spool;
import io.wattledger.collector.survey.SensorChoice;
import io.wattledger.collector.survey.SensorSurvey;
import io.wattledger.schemas.record.DeviceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** A host with counters, a disk, a collector and runs of its own. */
final class Host {
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m");
    private static final Duration REPLY = Duration.ofSeconds(5);
    private static final long WATT = 1_000_000;
    private static final long RANGE = 262_143_328_850L;
    private static final long SOME_SAMPLES_BYTES = 10_000;

    /**
     * What tells hosts apart.
     *
     * @param pue as the collector's option has it
     * @param hasDram whether its memory has a counter; otherwise its energy is modelled
     * @param wrappers runs at a time
     */
    private record Kind(String zone, String pue, String policy, int packages, boolean hasDram, int wrappers) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("FR", "1", "machine", 1, true, 1),
            new Kind("DE", "1.25", "shared", 2, true, 2),
            new Kind("US-CA", "1.5", "process", 1, false, 1));

    private final String name;
    private final Path data;
    private final @Nullable SmallDisk disk;
    private final PowercapTree tree;
    private final SpoolArchive archive;
    private final Service collector;
    private final List<Wrapper> wrappers = new ArrayList<>();

    /**
     * @param number decides what kind of host it is
     * @param folder for its files
     * @param disk for the files of its collector; null for the folder too
     */
    Host(
            int number,
            Path folder,
            @Nullable SmallDisk disk,
            Cluster cluster,
            Duration interval,
            Workplace place,
            long seed) {
        var kind = KINDS.get(number % KINDS.size());
        var random = new Random(seed + number);
        this.name = "host-" + number;
        this.disk = disk;
        var root = disk == null ? folder : disk.folder();
        this.data = root.resolve("data");
        this.tree = new PowercapTree(folder.resolve("sys"), domains(kind), random);
        this.archive = new SpoolArchive(collectorFolder().resolve("spool"), root.resolve("archive"));
        this.collector = place.keep(
                new Service("collector", () -> command(kind, cluster, interval), place.log("collector-" + name)));
        var snapshots =
                SensorSurvey.ofThisHost(SensorChoice.usual().at(tree.sys())).snapshots();
        for (int i = 0; i < kind.wrappers; i++) {
            var project = name + "-" + kind.policy + "-" + i;
            wrappers.add(place.keep(
                    new Wrapper(project, collectorFolder(), snapshots, interval, new Random(random.nextLong()))));
        }
    }

    /**
     * The counters of some packages wrap within a minute. Their range is the common one of today, and the power is low, so
     * that after minutes without a sample it is still certain that they have not come round.
     */
    private static List<PowercapTree.Domain> domains(Kind kind) {
        var domains = new ArrayList<PowercapTree.Domain>();
        for (int i = 0; i < kind.packages; i++) {
            var folder = "intel-rapl:" + i;
            long start = i == 0 ? RANGE - 1_200 * WATT - 321 : 123_456_789;
            domains.add(new PowercapTree.Domain(
                    folder, "package-" + i, "package-" + i, DeviceKind.CPU, RANGE, start, 10 * WATT, 60 * WATT));
            if (kind.hasDram) {
                domains.add(new PowercapTree.Domain(
                        folder + ":0", "dram-" + i, "dram", DeviceKind.RAM, RANGE, 987_654, 2 * WATT, 12 * WATT));
            }
        }
        return domains;
    }

    private List<String> command(Kind kind, Cluster cluster, Duration interval) {
        var command = new ArrayList<>(List.of(
                "collector",
                "--data-dir",
                data.toString(),
                "--host",
                name,
                "--zone",
                kind.zone,
                "--pue",
                kind.pue,
                "--policy",
                kind.policy,
                "--interval",
                interval.toMillis() + "ms",
                "--set",
                "sys.dir=" + tree.sys()));
        command.addAll(cluster.clientOptions());
        return JavaCommand.role(SMALL, command);
    }

    private Path collectorFolder() {
        return data.resolve("collector");
    }

    String name() {
        return name;
    }

    Service collector() {
        return collector;
    }

    PowercapTree tree() {
        return tree;
    }

    SpoolArchive archive() {
        return archive;
    }

    Optional<SmallDisk> disk() {
        return Optional.ofNullable(disk);
    }

    List<Wrapper> wrappers() {
        return wrappers;
    }

    void startRuns() {
        wrappers.forEach(Wrapper::start);
    }

    /** So much time has passed on the host. */
    void advance(Duration time) {
        tree.advance(time);
        archive.look();
    }

    /** The host breaks down, and comes back with an empty disk. */
    void loseDisk() {
        wrappers.forEach(Wrapper::abandon);
        collector.killAndHold();
        archive.beginPart(() -> delete(data));
        collector.resume();
    }

    /** The collector forgets what it has sent, and sends again all that is still on its disk. */
    void rewind() {
        collector.killAndHold();
        delete(collectorFolder().resolve("spool").resolve("taken"));
        collector.resume();
    }

    private static void delete(Path path) {
        try {
            Utils.delete(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path, e);
        }
    }

    /** Whether Kafka has taken samples of what is now in the spool. */
    boolean hasSent() {
        long bytes = spoolBytes();
        return status().filter(status -> bytes - status.unsentBytes() > SOME_SAMPLES_BYTES)
                .isPresent();
    }

    private long spoolBytes() {
        try (var segments = Files.newDirectoryStream(collectorFolder().resolve("spool"), "*.spool")) {
            long bytes = 0;
            for (var segment : segments) {
                bytes += Files.size(segment);
            }
            return bytes;
        } catch (IOException e) {
            return 0;
        }
    }

    /** What the collector says of itself; empty when it does not answer. */
    Optional<CollectorStatus> status() {
        return CollectorClient.connect(collectorFolder()).flatMap(client -> {
            try (client) {
                return Optional.of(client.status(REPLY));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    /** Bytes that the collector, which has ended, has left unsent. */
    long unsentBytes() {
        var folder = collectorFolder().resolve("spool");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var spool = Spool.open(folder, Long.MAX_VALUE, Spool.FOREVER)) {
            return spool.waitingBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the spool " + folder, e);
        }
    }
}
