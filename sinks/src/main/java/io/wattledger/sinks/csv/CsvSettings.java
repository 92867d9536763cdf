package io.wattledger.sinks.csv;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.sinks.task.RetrySettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of the sink.
 *
 * @param pattern path of the file, in which {@link #TOPIC} and {@link #PARTITION} may stand
 * @param mostBytes a file of this size is followed by another one; 0 for never
 * @param daily whether each day (UTC) has a file of its own
 * @param formulaSafe whether fields that a spreadsheet would take for a formula are made harmless
 * @param zone of the time stamps of CodeCarbon's format
 */
record CsvSettings(
        String pattern,
        CsvContent content,
        Format format,
        long mostBytes,
        boolean daily,
        boolean formulaSafe,
        ZoneId zone) {
    static final String FILE = "csv.file";
    static final String CONTENT = "csv.content";
    static final String FORMAT = "csv.format";
    static final String ROTATE_BYTES = "csv.rotate.bytes";
    static final String ROTATE_DAILY = "csv.rotate.daily";
    static final String FORMULA_SAFE = "csv.formula.safe";
    static final String TIME_ZONE = "csv.codecarbon.time.zone";

    static final String TOPIC = "{topic}";
    static final String PARTITION = "{partition}";

    /** Whose columns a file has. */
    enum Format {
        WATTLEDGER,
        CODECARBON
    }

    static ConfigDef definition() {
        var definition = new ConfigDef()
                .define(
                        FILE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new FilePath(),
                        Importance.HIGH,
                        "File that rows are appended to. Made with its folder when there is a row; what ends in .gz is"
                                + " compressed. With {topic} and {partition} in its name each partition has a file of its"
                                + " own, and several tasks share the work.")
                .define(
                        CONTENT,
                        Type.STRING,
                        "runs",
                        names(CsvContent.values()),
                        Importance.HIGH,
                        "What the rows are. runs: one for each run that has ended, from run-emissions; its later revisions"
                                + " go to a file beside it, with -changes in its name. ledger: one for each revision of a"
                                + " closed row of the ledger, from emissions-ledger or emissions-history. changes: one for"
                                + " each change of such a row with the figures before it, from emissions-history.")
                .define(
                        FORMAT,
                        Type.STRING,
                        "wattledger",
                        names(Format.values()),
                        Importance.MEDIUM,
                        "Columns of runs: wattledger, or codecarbon for those that CodeCarbon 3 writes.")
                .define(
                        ROTATE_BYTES,
                        Type.LONG,
                        0L,
                        ConfigDef.Range.atLeast(0),
                        Importance.MEDIUM,
                        "Size in bytes from which on another file follows; 0 for never. It is exceeded by at most what is"
                                + " written at once. The files get numbers: runs-0001.csv.")
                .define(
                        ROTATE_DAILY,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether each day (UTC) on which rows are written has a file of its own: runs-2026-03-01.csv.")
                .define(
                        FORMULA_SAFE,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether fields that a spreadsheet would take for a formula, as names of runs that begin with =,"
                                + " get an apostrophe before them.")
                .define(
                        TIME_ZONE,
                        Type.STRING,
                        "UTC",
                        new Zone(),
                        Importance.LOW,
                        "Time zone of the column timestamp in CodeCarbon's format, which does not name it.");
        return RetrySettings.define(definition);
    }

    private static ConfigDef.Validator names(Enum<?>[] values) {
        return ConfigDef.ValidString.in(
                Arrays.stream(values).map(value -> lower(value.name())).toArray(String[]::new));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** What only the whole of the settings shows. */
    static void check(AbstractConfig config, SettingProblems problems) {
        var settings = of(config);
        if (settings.pattern.contains(TOPIC) != settings.pattern.contains(PARTITION)) {
            problems.add(
                    FILE,
                    FILE + " is " + settings.pattern + ": it must have both " + TOPIC + " and " + PARTITION
                            + " or neither, so that each partition has a file of its own or all have one");
        }
        if (settings.format == Format.CODECARBON && settings.content != CsvContent.RUNS) {
            problems.add(
                    FORMAT,
                    FORMAT + " is codecarbon, which has columns for runs alone: set " + CONTENT + " to runs, or "
                            + FORMAT + " to wattledger");
        }
    }

    static CsvSettings of(AbstractConfig config) {
        return new CsvSettings(
                config.getString(FILE).strip(),
                CsvContent.valueOf(config.getString(CONTENT).toUpperCase(Locale.ROOT)),
                Format.valueOf(config.getString(FORMAT).toUpperCase(Locale.ROOT)),
                config.getLong(ROTATE_BYTES),
                config.getBoolean(ROTATE_DAILY),
                config.getBoolean(FORMULA_SAFE),
                ZoneId.of(config.getString(TIME_ZONE)));
    }

    boolean isPerPartition() {
        return pattern.contains(PARTITION);
    }

    /** The file for the records of a partition, without day and number. */
    Path file(TopicPartition partition) {
        var name =
                pattern.replace(TOPIC, partition.topic()).replace(PARTITION, Integer.toString(partition.partition()));
        return Path.of(name).toAbsolutePath().normalize();
    }

    /** A file beside that one which people need not look at. */
    static Path hidden(Path file, String ending) {
        return file.resolveSibling("." + file.getFileName() + ending);
    }

    /** What is to be written to the file and to those beside it. */
    Rows rows(Path file, Disk disk, LocalDate day) {
        var names = FileNames.of(file, daily, mostBytes > 0);
        return switch (content) {
            case RUNS -> runs(file, names, disk, day);
            case LEDGER -> new LedgerRows(new CsvPart(shape(names, LedgerCsv.header()), disk, day));
            case CHANGES -> new ChangeRows(new CsvPart(shape(names, ChangeCsv.header()), disk, day));
        };
    }

    private Rows runs(Path file, FileNames names, Disk disk, LocalDate day) {
        var seen = new CsvPart.Shape(FileNames.of(hidden(file, ".seen"), false, false), RunRows.SEEN_HEADER, 0, false);
        var changes = shape(names.beside("-changes"), RunCsv.header());
        var own = format == Format.WATTLEDGER;
        return new RunRows(
                new CsvPart(shape(names, own ? RunCsv.header() : CodeCarbonCsv.header()), disk, day),
                new CsvPart(changes, disk, day),
                new CsvPart(seen, disk, day),
                own ? RunCsv::row : run -> CodeCarbonCsv.row(run, zone));
    }

    private CsvPart.Shape shape(FileNames names, List<String> header) {
        return new CsvPart.Shape(names, header, mostBytes, formulaSafe);
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
                throw new ConfigException(name, text, "must be the path of a file: " + e.getReason());
            }
        }

        @Override
        public String toString() {
            return "path of a file";
        }
    }

    private static final class Zone implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            try {
                ZoneId.of(String.valueOf(value));
            } catch (DateTimeException e) {
                throw new ConfigException(name, value, "must be a time zone such as UTC or Europe/Paris");
            }
        }

        @Override
        public String toString() {
            return "time zone such as UTC or Europe/Paris";
        }
    }
}
