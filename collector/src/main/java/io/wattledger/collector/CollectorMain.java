package io.wattledger.collector;

import io.wattledger.schemas.record.PowerSamples;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * The collector as a process: {@code CollectorMain [FILE.properties] [key=value]…}, later settings before earlier ones. Ends
 * with 0 when told to or when it has nothing to do any more, 1 on failure, 2 when its settings do not do.
 */
public final class CollectorMain {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private CollectorMain() {}

    public static void main(String[] args) {
        logToErrorStream();
        readSchemas();
        System.exit(run(List.of(args)));
    }

    /** Avro takes a while to read its schemas; settings and sensors do not wait for that where there is a second core. */
    private static void readSchemas() {
        var reading = new Thread(PowerSamples::getClassSchema, "collector-schemas");
        reading.setDaemon(true);
        reading.start();
    }

    private static int run(List<String> args) {
        try (var collector = Collector.start(CollectorConfig.of(settings(args)))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(collector), "collector-shutdown"));
            System.out.println("collector ready");
            collector.awaitIdle();
            return 0;
        } catch (InvalidConfigException e) {
            System.err.println("wattledger collector: " + e.getMessage());
            return USAGE;
        } catch (IOException e) {
            System.err.println("wattledger collector: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** Settings from files and {@code key=value} arguments. */
    static Map<String, String> settings(List<String> args) throws IOException {
        var settings = new TreeMap<String, String>();
        for (var arg : args) {
            int equals = arg.indexOf('=');
            if (equals > 0) {
                settings.put(arg.substring(0, equals), arg.substring(equals + 1));
            } else {
                settings.putAll(read(Path.of(arg)));
            }
        }
        return settings;
    }

    private static Map<String, String> read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "Cannot read settings from " + file + " (" + e + "); give key=value or a properties file", e);
        }
        var settings = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    private static void close(Collector collector) {
        try {
            collector.close();
        } catch (IOException e) {
            System.err.println("wattledger collector: " + e.getMessage());
        }
    }

    /** Settings of slf4j-simple, which is the logging backend where the collector has a class path of its own. */
    static void logToErrorStream() {
        var defaults = Map.of(
                "showDateTime", "true",
                "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "showThreadName", "false",
                "showShortLogName", "true",
                "log.org.apache.kafka", "error",
                "log.oshi", "error");
        defaults.forEach((key, value) -> {
            var property = "org.slf4j.simpleLogger." + key;
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        });
        // Now, by one thread: of two that are the first at once, SLF4J would tell on the error stream.
        LoggerFactory.getILoggerFactory();
    }
}
