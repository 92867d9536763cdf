package io.wattledger.sinks.csv;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of the sink.
 *
 * @param file the file that runs are appended to
 */
record CsvSinkConfig(Path file) {
    static final String PREFIX = "csv.";
    static final String FILE = PREFIX + "file";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    FILE,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new FilePath(),
                    ConfigDef.Importance.HIGH,
                    "File that one row per finished run is appended to. Made with its folder when there is a row.");

    /** @throws ConfigException naming every setting that is wrong */
    static CsvSinkConfig of(Map<String, String> settings) {
        var wrong = DEFINITION.validate(settings).stream().flatMap(value -> value.errorMessages().stream());
        var unknown = settings.keySet().stream()
                .filter(key ->
                        key.startsWith(PREFIX) && !DEFINITION.configKeys().containsKey(key))
                .map(key -> "Unknown setting " + key);
        var problems = Stream.concat(wrong, unknown).sorted().collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new ConfigException("Cannot start the CSV sink: " + problems);
        }
        return new CsvSinkConfig(Path.of(settings.getOrDefault(FILE, "").strip()));
    }

    private static final class FilePath implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            var text = (String) value;
            if (text == null || text.isBlank()) {
                throw new ConfigException(name, text, "must be the path of a file");
            }
            try {
                if (Files.isDirectory(Path.of(text.strip()))) {
                    throw new ConfigException(name, text, "is a folder, must be the path of a file");
                }
            } catch (InvalidPathException e) {
                throw new ConfigException(name, text, "must be the path of a file: " + e.getMessage());
            }
        }

        @Override
        public String toString() {
            return "path of a file";
        }
    }
}
