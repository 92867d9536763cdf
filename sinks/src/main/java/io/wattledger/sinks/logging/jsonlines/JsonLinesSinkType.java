package io.wattledger.sinks.logging.jsonlines;

import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogSinkType;
import io.wattledger.sinks.task.SinkTools;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** What the sink can be set to, and its start. */
final class JsonLinesSinkType extends LogSinkType {
    private static final String FILE = "jsonlines.file";
    private static final String STANDARD_OUTPUT = "-";

    @Override
    public String title() {
        return "the JSON lines sink";
    }

    @Override
    public ConfigDef definition() {
        return define(new ConfigDef()
                .define(
                        FILE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                JsonLinesSinkType::checkFile, () -> "path of a file, or `" + STANDARD_OUTPUT + "`"),
                        Importance.HIGH,
                        "File on the worker that lines are appended to, made with its folder when there is a line; `"
                                + STANDARD_OUTPUT + "` is the worker's standard output."));
    }

    private static void checkFile(String name, Object value) {
        var text = value.toString().strip();
        try {
            if (text.isEmpty() || Files.isDirectory(Path.of(text))) {
                throw new ConfigException(name, value, "must be the path of a file, and no folder");
            }
        } catch (InvalidPathException e) {
            throw new ConfigException(name, value, "must be the path of a file: " + e.getMessage());
        }
    }

    /** One file has one writer. */
    @Override
    public int tasks(AbstractConfig settings, int most) {
        return isStandardOutput(settings) ? most : 1;
    }

    private static boolean isStandardOutput(AbstractConfig settings) {
        return file(settings).equals(STANDARD_OUTPUT);
    }

    private static String file(AbstractConfig settings) {
        return settings.getString(FILE).strip();
    }

    @Override
    protected LogBackend backend(AbstractConfig settings, SinkTools tools) {
        return isStandardOutput(settings)
                ? new StandardOutput()
                : LineFile.open(Path.of(file(settings)).toAbsolutePath());
    }
}
