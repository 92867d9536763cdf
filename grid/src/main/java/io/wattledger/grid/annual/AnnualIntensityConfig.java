package io.wattledger.grid.annual;

import io.wattledger.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the source.
 *
 * @param topic the topic of grid defaults
 * @param series the series that the values are published as
 * @param file the user's own table; null for none
 */
record AnnualIntensityConfig(
        String topic, String series, @Nullable Path file) {
    static final String PREFIX = "intensity.";
    static final String TOPIC = PREFIX + "topic";
    static final String SERIES = PREFIX + "series";
    static final String FILE = PREFIX + "file";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    FILE,
                    ConfigDef.Type.STRING,
                    "",
                    ConfigDef.Importance.MEDIUM,
                    "File with annual intensities of your own; they are added to those that come with the program and"
                            + " replace those of the same zone and year.")
            .define(
                    SERIES,
                    ConfigDef.Type.STRING,
                    "average-lifecycle",
                    new ConfigDef.NonEmptyString(),
                    ConfigDef.Importance.LOW,
                    "Series that the values are published as.")
            .define(
                    TOPIC,
                    ConfigDef.Type.STRING,
                    Topics.GRID_DEFAULTS.name(),
                    new ConfigDef.NonEmptyString(),
                    ConfigDef.Importance.LOW,
                    "Topic that the values are published to.");

    /** @throws ConfigException naming every setting that is wrong */
    static AnnualIntensityConfig of(Map<String, String> settings) {
        var wrong = DEFINITION.validate(settings).stream().flatMap(value -> value.errorMessages().stream());
        var unknown = settings.keySet().stream()
                .filter(key ->
                        key.startsWith(PREFIX) && !DEFINITION.configKeys().containsKey(key))
                .map(key -> "Unknown setting " + key);
        var problems = Stream.concat(wrong, unknown).sorted().collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new ConfigException("Cannot start the source of annual intensities: " + problems);
        }
        var values = new AbstractConfig(DEFINITION, settings, false);
        var file = values.getString(FILE).strip();
        return new AnnualIntensityConfig(
                values.getString(TOPIC), values.getString(SERIES), file.isEmpty() ? null : Path.of(file));
    }

    /**
     * The table that comes with the program, with the user's own rows.
     *
     * @throws InvalidTableException when the user's table cannot be used
     */
    AnnualTable table() {
        var builtIn = AnnualTable.builtIn();
        return file == null ? builtIn : builtIn.including(file);
    }
}
