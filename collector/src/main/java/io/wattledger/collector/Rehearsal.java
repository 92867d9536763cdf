package io.wattledger.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A short life of a collector without a broker, in a temporary folder. The build has the JVM write down the classes that it
 * uses, so that the real one starts with them ready.
 */
public final class Rehearsal {
    /** What a few samples take on disk; none is ever sent. */
    private static final long SEVERAL_SAMPLES_BYTES = 8_000;

    private static final int LONGEST_TRIES = 100;
    private static final long BETWEEN_TRIES_MILLIS = 100;

    private Rehearsal() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        CollectorMain.logToErrorStream();
        var folder = Files.createTempDirectory("wattledger-rehearsal");
        try {
            play(folder);
        } finally {
            delete(folder);
        }
    }

    private static void play(Path folder) throws IOException, InterruptedException {
        var settings = Map.of(
                CollectorConfig.DATA_DIR,
                folder.toString(),
                CollectorConfig.INTERVAL_MS,
                "100",
                // The port of the discard service: nobody answers, so the producer goes as far as it can without a
                // broker.
                CollectorConfig.BOOTSTRAP_SERVERS,
                "127.0.0.1:9",
                CollectorConfig.SCHEMA_REGISTRY_URL,
                "http://127.0.0.1:9",
                CollectorConfig.KAFKA_PREFIX + "max.block.ms",
                "500");
        try (var collector = Collector.start(CollectorConfig.of(settings))) {
            for (int tries = 0;
                    tries < LONGEST_TRIES && collector.status().unsentBytes() < SEVERAL_SAMPLES_BYTES;
                    tries++) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
