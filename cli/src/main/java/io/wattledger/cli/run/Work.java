package io.wattledger.cli.run;

import io.wattledger.collector.control.FunctionalUnits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The work that the command does, in functional units. */
final class Work {
    /** Environment variable of the command: the file that it writes the number of units to. */
    static final String FILE_VARIABLE = "WATTLEDGER_UNITS_FILE";

    static final Work NOT_COUNTED = new Work(null, 0, null);

    private static final int LONGEST_NUMBER = 64;

    private final @Nullable String unit;
    private final long count;
    private final @Nullable CountFile file;

    /**
     * @param path where it is
     * @param before when it was written last before the command started; null for a new one
     */
    private record CountFile(Path path, @Nullable FileTime before) {}

    private Work(@Nullable String unit, long count, @Nullable CountFile file) {
        this.unit = unit;
        this.count = count;
        this.file = file;
    }

    /** So many, whatever the command does. */
    static Work counted(String unit, long count) {
        return new Work(unit, count, null);
    }

    /** As many as the command writes to the file, or to a temporary one when it is null. */
    static Work written(String unit, @Nullable Path file) throws IOException {
        if (file == null) {
            var temporary = Files.createTempFile("wattledger-units", ".txt");
            temporary.toFile().deleteOnExit();
            return new Work(unit, 0, new CountFile(temporary, null));
        }
        var path = file.toAbsolutePath();
        return new Work(unit, 0, new CountFile(path, Files.exists(path) ? Files.getLastModifiedTime(path) : null));
    }

    /** What the command has in its environment besides ours. */
    Map<String, String> variables() {
        return file == null ? Map.of() : Map.of(FILE_VARIABLE, file.path().toString());
    }

    /** What was done, once the command has ended; null, with a word of warning, where that is not known. */
    @Nullable
    FunctionalUnits done(PrintWriter err) {
        if (unit == null) {
            return null;
        }
        try {
            return new FunctionalUnits(unit, file == null ? count : read(file));
        } catch (IOException | IllegalArgumentException e) {
            err.println("wattledger: No emissions per " + unit + ": " + e.getMessage());
            err.flush();
            return null;
        }
    }

    private static long read(CountFile file) throws IOException {
        var path = file.path();
        boolean written =
                Files.isRegularFile(path) && !Files.getLastModifiedTime(path).equals(file.before());
        var text = written ? start(path) : "";
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the command wrote no count to " + path);
        }
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(
                    "the command wrote '" + text + "' to " + path + ", not a whole number of at least 0");
        }
        return Long.parseLong(text);
    }

    /** The text of a file, or the beginning of it where it is longer than any number. */
    private static String start(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return new String(in.readNBytes(LONGEST_NUMBER), StandardCharsets.UTF_8).strip();
        }
    }
}
