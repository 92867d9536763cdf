package io.wattledger.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Where it was measured.
 *
 * @param processor its name, as the kernel tells it
 * @param cores logical processors
 * @param memoryBytes installed memory
 * @param system operating system with its version
 * @param java the JVM with its version
 * @param kafka version of Kafka
 */
record Machine(String processor, int cores, long memoryBytes, String system, String java, String kafka) {
    static Machine here() {
        return new Machine(
                value("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch", "")),
                Runtime.getRuntime().availableProcessors(),
                value("/proc/meminfo", "MemTotal")
                                .map(text -> Long.parseLong(text.replaceAll("\\D", "")))
                                .orElse(0L)
                        * 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                AppInfoParser.getVersion());
    }

    private static Optional<String> value(String file, String name) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            // Not Linux.
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "%s, %d cores, %.0f GiB; %s; %s; Kafka %s"
                .formatted(processor, cores, (double) memoryBytes / (1 << 30), system, java, kafka);
    }
}
