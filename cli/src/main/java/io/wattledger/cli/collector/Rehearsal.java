package io.wattledger.cli.collector;

import io.wattledger.cli.bench.HostTree;
import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.cli.registry.RegistryServer;
import io.wattledger.cli.stack.Distribution;
import io.wattledger.cli.stack.EmbeddedBroker;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.topics.TopicLayout;
import io.wattledger.cli.topics.TopicSetup;
import io.wattledger.collector.control.CollectorLauncher;
import io.wattledger.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Utils;

/**
 * A short life of a collector, on a host made of files and beside a broker and a schema registry in a temporary folder. The JVM of the collector writes
 * down which classes it uses until its samples arrive; of these the build makes the archive that it starts with.
 */
public final class Rehearsal {
    private static final int SEVERAL_SAMPLES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Rehearsal() {}

    /** @param args the file to write the names of classes to */
    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("wattledger-rehearsal");
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            play(broker.bootstrapServers(), folder, args[0]);
        } finally {
            Utils.delete(folder.toFile());
        }
    }

    private static void play(String bootstrapServers, Path folder, String classes)
            throws IOException, InterruptedException {
        try (var topics = TopicSetup.on(bootstrapServers, Map.of())) {
            topics.create(TopicLayout.EMBEDDED);
        }
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var registry = RegistryServer.start(Map.of("bootstrap.servers", bootstrapServers), anyPort);
                var reader = TopicReader.of(
                        new Ledger(bootstrapServers, registry.url().toString(), Map.of(), null));
                var host = HostTree.in(folder.resolve("sys"))) {
            var settings = Map.of(
                    "data.dir",
                    folder.resolve("collector").toString(),
                    "interval.ms",
                    "100",
                    "bootstrap.servers",
                    bootstrapServers,
                    "schema.registry.url",
                    registry.url().toString());
            var collector =
                    new ProcessBuilder(command(settings, classes)).inheritIO().start();
            try {
                awaitSamples(reader, collector);
            } finally {
                collector.destroy();
                collector.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> command(Map<String, String> settings, String classes) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = new ArrayList<>(CollectorLauncher.command(java, Distribution.collectorClassPath(), settings));
        command.addAll(command.indexOf("-cp"), List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + classes));
        return command;
    }

    private static void awaitSamples(TopicReader reader, Process collector) throws InterruptedException {
        var partitions = reader.partitions(Topics.POWER_SAMPLES);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reader.ends(partitions).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                < SEVERAL_SAMPLES) {
            if (!collector.isAlive() || System.nanoTime() > deadline) {
                throw new Failure("No sample of the collector has arrived; what it said is above");
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }
}
