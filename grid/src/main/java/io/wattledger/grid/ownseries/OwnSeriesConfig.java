package io.wattledger.grid.ownseries;

import com.fasterxml.jackson.core.JsonPointer;
import io.wattledger.accounting.quantity.IntensityUnit;
import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.Signal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one's own series, beside those of all feeds.
 *
 * @param location file or address
 * @param format how its content is laid out
 * @param zoneField whether rows name their zone
 * @param reader what their fields mean
 * @param interval how long a value holds whose row does not tell
 * @param skipsBadRows false where one bad row stops all
 * @param headers sent to an address
 */
record OwnSeriesConfig(
        String location,
        Format format,
        boolean zoneField,
        RowReader reader,
        Duration interval,
        boolean skipsBadRows,
        Map<String, String> headers) {
    static final String PREFIX = "ownseries.";
    static final String LOCATION = PREFIX + "location";
    static final String SOURCE = PREFIX + "source";
    static final String SIGNAL = PREFIX + "signal";
    static final String FORMAT = PREFIX + "format";
    static final String CSV_SEPARATOR = PREFIX + "csv.separator";
    static final String JSON_ROWS = PREFIX + "json.rows";
    static final String TIME_FORM = PREFIX + "time.form";
    static final String TIME_OFFSET = PREFIX + "time.offset";
    static final String UNIT = PREFIX + "unit";
    static final String INTERVAL = PREFIX + "interval.ms";
    static final String MEASURED = PREFIX + "measured";
    static final String BAD_ROWS = PREFIX + "bad.rows";
    static final String HEADERS = PREFIX + "http.headers";

    /** Stands in a location for the source's own name of the zone. */
    static final String ZONE_MARK = "{zone}";

    private static final String BY_ENDING = "";
    private static final String CSV = "csv";
    private static final String JSON = "json";
    private static final String TAB = "tab";
    private static final String SKIP = "skip";
    private static final String FAIL = "fail";

    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):\\s*(\\S.*)");
    /** What the HTTP client, or the question whether something has changed, needs for itself. */
    private static final List<String> RESERVED_HEADERS = List.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "if-modified-since",
            "if-none-match",
            "upgrade");

    /** The settings of all feeds and these. Reading a file costs nothing, so the budget is wide. */
    static ConfigDef definition() {
        var definition = FeedConfig.definition(
                        new FeedConfig.Defaults("", Duration.ofMinutes(1), Duration.ofHours(3), 36_000, false))
                .define(
                        LOCATION,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        validator(OwnSeriesConfig::checkLocation, "file, or http:// or https:// address"),
                        Importance.HIGH,
                        "File, or address whose answer is read. " + ZONE_MARK
                                + " in it stands for the source's own name of each zone. May be a gzip file.")
                .define(
                        SOURCE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Who made the numbers, as records and reports name it.")
                .define(
                        SIGNAL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.ValidString.in(words(Signal.values(), Signal::series)),
                        Importance.HIGH,
                        "What the numbers mean. The series has this name unless " + FeedConfig.SERIES + " is set.")
                .define(
                        FORMAT,
                        Type.STRING,
                        BY_ENDING,
                        ConfigDef.ValidString.in(BY_ENDING, CSV, JSON),
                        Importance.MEDIUM,
                        "Format of the content; empty for what the location's ending says.")
                .define(
                        CSV_SEPARATOR,
                        Type.STRING,
                        ",",
                        validator(
                                (name, text) -> check(
                                        text.equals(TAB) || text.length() == 1, name, text, "one character, or " + TAB),
                                "one character, or " + TAB),
                        Importance.LOW,
                        "What stands between two fields of a CSV line.")
                .define(
                        JSON_ROWS,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Where the list of rows is in JSON, a name or a pointer such as /result/data; empty where it"
                                + " is all there is.");
        for (var field : Field.values()) {
            definition.define(
                    field.setting(),
                    Type.STRING,
                    field.usualName(),
                    Importance.MEDIUM,
                    "Column of CSV, or name or pointer of a member of a JSON row: " + field.meaning()
                            + (field.usualName().isEmpty() ? ". Empty for none." : "."));
        }
        return definition
                .define(
                        TIME_FORM,
                        Type.STRING,
                        Stamps.Form.ISO.word(),
                        ConfigDef.ValidString.in(words(Stamps.Form.values(), Stamps.Form::word)),
                        Importance.MEDIUM,
                        "How times are told: ISO 8601, or seconds or milliseconds since the epoch.")
                .define(
                        TIME_OFFSET,
                        Type.STRING,
                        "",
                        validator(OwnSeriesConfig::checkOffset, "offset such as Z or +01:00"),
                        Importance.MEDIUM,
                        "Offset from UTC of times that have none of their own; empty where such rows are to be"
                                + " refused.")
                .define(
                        UNIT,
                        Type.STRING,
                        IntensityUnit.GRAM_PER_KILOWATT_HOUR.symbol(),
                        ConfigDef.ValidString.in(words(IntensityUnit.values(), IntensityUnit::symbol)),
                        Importance.MEDIUM,
                        "Unit of the values.")
                .define(
                        INTERVAL,
                        Type.LONG,
                        Duration.ofHours(1).toMillis(),
                        ConfigDef.Range.between(0, Duration.ofDays(366).toMillis()),
                        Importance.MEDIUM,
                        "How long a value holds whose row tells neither end nor length; less where the next begins"
                                + " sooner. 0: until the next, however long that is, and the last one is not yet used.")
                .define(
                        MEASURED,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether values are measured whose row does not tell; otherwise they count as estimated.")
                .define(
                        BAD_ROWS,
                        Type.STRING,
                        SKIP,
                        ConfigDef.ValidString.in(SKIP, FAIL),
                        Importance.MEDIUM,
                        SKIP + ": a row that cannot be used is reported, the others are used. " + FAIL
                                + ": nothing new is published until it has been put right.")
                .define(
                        HEADERS,
                        Type.PASSWORD,
                        null,
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> headers((Password) value), () -> "lines 'Name: value'"),
                        Importance.MEDIUM,
                        "Headers to send to an address, one a line, for example credentials.");
    }

    /** The settings, which have been found right one by one and as a whole. */
    static OwnSeriesConfig of(AbstractConfig settings) {
        var offset = settings.getString(TIME_OFFSET);
        var stamps = new Stamps(
                byWord(Stamps.Form.values(), Stamps.Form::word, settings.getString(TIME_FORM)),
                offset.isBlank() ? null : ZoneOffset.of(offset.strip()));
        var unit = byWord(IntensityUnit.values(), IntensityUnit::symbol, settings.getString(UNIT));
        var names = names(settings);
        return new OwnSeriesConfig(
                settings.getString(LOCATION).strip(),
                format(settings, names),
                names.containsKey(Field.ZONE),
                new RowReader(stamps, unit, settings.getBoolean(MEASURED)),
                Duration.ofMillis(settings.getLong(INTERVAL)),
                settings.getString(BAD_ROWS).equals(SKIP),
                headers(settings.getPassword(HEADERS)));
    }

    static Signal signal(AbstractConfig settings) {
        return byWord(Signal.values(), Signal::series, settings.getString(SIGNAL));
    }

    /** What is wrong with settings that are right one by one. */
    static List<String> problems(AbstractConfig settings) {
        var problems = new ArrayList<String>();
        var location = settings.getString(LOCATION).strip();
        var names = names(settings);
        if (formatName(settings).isEmpty()) {
            problems.add(FORMAT + " must be set, as " + LOCATION + " ends with neither .csv nor .json");
        }
        for (var field : List.of(Field.TIME, Field.VALUE)) {
            if (!names.containsKey(field)) {
                problems.add(field.setting() + " is empty, but every row must have it");
            }
        }
        if (names.containsKey(Field.MEASURED) && names.containsKey(Field.ESTIMATED)) {
            problems.add("Set " + Field.MEASURED.setting() + " or " + Field.ESTIMATED.setting() + ", not both");
        }
        int zones = settings.getList(FeedConfig.ZONES).size();
        if (zones > 1 && !names.containsKey(Field.ZONE) && !location.contains(ZONE_MARK)) {
            problems.add(FeedConfig.ZONES + " has " + zones + " zones; set " + Field.ZONE.setting() + ", or put "
                    + ZONE_MARK + " into " + LOCATION + ", so that each gets its own values");
        }
        if (!isAddress(location) && !headers(settings.getPassword(HEADERS)).isEmpty()) {
            problems.add(HEADERS + " is set, but " + LOCATION + " is a file");
        }
        if (!settings.getString(FeedConfig.URL).isBlank()) {
            problems.add(FeedConfig.URL + " is not used here; put the address into " + LOCATION);
        }
        return problems;
    }

    static boolean isAddress(String location) {
        return location.matches("(?i)https?://.*");
    }

    private static Format format(AbstractConfig settings, Map<Field, String> names) {
        if (formatName(settings).equals(CSV)) {
            var separator = settings.getString(CSV_SEPARATOR);
            return new CsvFormat(separator.equals(TAB) ? '\t' : separator.charAt(0), names);
        }
        var pointers = new EnumMap<Field, JsonPointer>(Field.class);
        names.forEach((field, name) -> pointers.put(field, JsonFormat.pointer(name)));
        var rows = settings.getString(JSON_ROWS).strip();
        return new JsonFormat(rows.isEmpty() ? JsonPointer.empty() : JsonFormat.pointer(rows), pointers);
    }

    private static String formatName(AbstractConfig settings) {
        var set = settings.getString(FORMAT);
        var location = settings.getString(LOCATION).strip().toLowerCase(Locale.ROOT);
        var path = (isAddress(location) ? location.replaceFirst("[?#].*", "") : location).replaceFirst("\\.gz$", "");
        return !set.equals(BY_ENDING) ? set : path.endsWith(".csv") ? CSV : path.endsWith(".json") ? JSON : "";
    }

    private static Map<Field, String> names(AbstractConfig settings) {
        var names = new EnumMap<Field, String>(Field.class);
        for (var field : Field.values()) {
            var name = settings.getString(field.setting()).strip();
            if (!name.isEmpty()) {
                names.put(field, name);
            }
        }
        return names;
    }

    private static Map<String, String> headers(@Nullable Password lines) {
        var headers = new LinkedHashMap<String, String>();
        var text = lines == null ? "" : lines.value();
        for (var line : text.lines().filter(line -> !line.isBlank()).toList()) {
            var header = HEADER.matcher(line.strip());
            if (!header.matches() || RESERVED_HEADERS.contains(header.group(1).toLowerCase(Locale.ROOT))) {
                throw new ConfigException(
                        HEADERS,
                        lines,
                        "line " + (headers.size() + 1) + " must be 'Name: value' with a name that is none of "
                                + String.join(", ", RESERVED_HEADERS));
            }
            headers.put(header.group(1), header.group(2));
        }
        return headers;
    }

    private static void checkLocation(String name, String text) {
        var location = text.strip();
        check(!location.isEmpty(), name, text, "a file or an address");
        if (isAddress(location)) {
            try {
                var address = URI.create(location.replace(ZONE_MARK, "zone"));
                check(
                        address.getHost() != null && address.getUserInfo() == null,
                        name,
                        "[hidden]",
                        "an address with a host and without a password; " + HEADERS + " is for credentials");
            } catch (IllegalArgumentException e) {
                throw new ConfigException(name, "[hidden]", "must be an address; write a space as %20");
            }
        }
    }

    private static void checkOffset(String name, String text) {
        try {
            if (!text.isBlank()) {
                ZoneOffset.of(text.strip());
            }
        } catch (DateTimeException e) {
            throw new ConfigException(name, text, "must be an offset such as Z or +01:00");
        }
    }

    private static void check(boolean right, String name, String text, String must) {
        if (!right) {
            throw new ConfigException(name, text, "must be " + must);
        }
    }

    /** A setting that is missing is told of as such, and by no validator. */
    private static ConfigDef.Validator validator(BiConsumer<String, String> check, String must) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (value != null) {
                        check.accept(name, value.toString());
                    }
                },
                () -> must);
    }

    private static <T> String[] words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).toArray(String[]::new);
    }

    private static <T> T byWord(T[] values, Function<T, String> word, String text) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not checked: " + text));
    }
}
