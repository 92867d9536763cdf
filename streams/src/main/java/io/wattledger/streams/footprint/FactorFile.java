package io.wattledger.streams.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * Reads tables of factors: CSV in UTF-8 with the header {@value #HEADER}, which may go on with {@value #INSTRUMENTS}. Empty
 * lines and lines that begin with # are skipped; a field with commas is put in double quotes.
 */
final class FactorFile {
    static final String HEADER = "factor,name,zone,year,value,source,licence";

    private static final String BUILT_IN = "factors.csv";
    /** Further columns, for contracts that are made of several instruments or do not cover all of the energy. */
    static final String INSTRUMENTS = "instrument,share_percent";

    private static final int COLUMNS = 7;
    private static final int ALL_COLUMNS = 9;
    private static final Pattern FIELD = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(,|$)");

    private FactorFile() {}

    /** Those that come with the program. */
    static List<Factor> builtIn() {
        try (var resource = FactorFile.class.getResourceAsStream(BUILT_IN)) {
            if (resource == null) {
                throw new IllegalStateException("The table of factors " + BUILT_IN + " is not in the jar");
            }
            try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
                return parse(reader.lines().toList(), BUILT_IN);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Those of the user.
     *
     * @throws ConfigException naming all lines that cannot be used
     */
    static List<Factor> read(Path file) {
        try {
            return parse(Files.readAllLines(file), file.toString());
        } catch (IOException e) {
            throw new ConfigException(
                    FootprintSettings.FACTORS_FILE, file, "Cannot be read (" + e + "); name a readable CSV file");
        }
    }

    static List<Factor> parse(List<String> lines, String name) {
        var factors = new FactorList();
        var problems = new ArrayList<String>();
        int columns = 0;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                if (columns == 0) {
                    columns = COLUMNS;
                    columns = columns(line);
                } else {
                    factors.add(factor(fields(line), columns), i + 1);
                }
            } catch (IllegalArgumentException e) {
                problems.add("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(FootprintSettings.FACTORS_FILE, name, String.join("\n", problems));
        }
        return factors.all();
    }

    private static int columns(String header) {
        if (header.equals(HEADER)) {
            return COLUMNS;
        }
        if (header.equals(HEADER + "," + INSTRUMENTS)) {
            return ALL_COLUMNS;
        }
        throw new IllegalArgumentException("the header is '" + header + "'; it must be '" + HEADER
                + "', which may go on with '," + INSTRUMENTS + "'");
    }

    private static Factor factor(List<String> fields, int columns) {
        if (fields.size() != columns) {
            throw new IllegalArgumentException("has " + fields.size() + " columns, not " + columns);
        }
        var kind = FactorKind.named(fields.get(0))
                .orElseThrow(() -> new IllegalArgumentException("unknown factor '" + fields.get(0) + "'; known are "
                        + Arrays.stream(FactorKind.values())
                                .map(FactorKind::toString)
                                .collect(Collectors.joining(", "))));
        check(kind, "name", kind.name, fields.get(1));
        check(kind, "zone", kind.zone, fields.get(2));
        if (fields.get(5).isEmpty()) {
            throw new IllegalArgumentException("has no source; say who published the value");
        }
        if (fields.get(6).isEmpty()) {
            throw new IllegalArgumentException("has no licence; write 'own' for a value of your own");
        }
        return new Factor(
                kind,
                fields.get(1),
                fields.get(2),
                period(kind, fields.get(3)),
                value(kind, fields.get(4)),
                fields.get(5),
                columns == COLUMNS ? "" : ofContract(kind, "instrument", fields.get(7)),
                columns == COLUMNS ? Factor.WHOLE : share(ofContract(kind, "share_percent", fields.get(8))));
    }

    private static String ofContract(FactorKind kind, String column, String text) {
        check(
                kind,
                column,
                kind == FactorKind.CONTRACT_G_PER_KWH ? FactorKind.Need.ALLOWED : FactorKind.Need.REFUSED,
                text);
        return text;
    }

    private static int share(String text) {
        if (text.isEmpty()) {
            return Factor.WHOLE;
        }
        if (text.matches("\\d{1,3}(\\.\\d)?")) {
            int thousandths = new BigDecimal(text).movePointRight(1).intValueExact();
            if (thousandths > 0 && thousandths <= Factor.WHOLE) {
                return thousandths;
            }
        }
        throw new IllegalArgumentException(
                "share_percent is '" + text + "', must be above 0 and at most 100, with one decimal at most");
    }

    private static void check(FactorKind kind, String column, FactorKind.Need need, String text) {
        if (!need.fits(text)) {
            throw new IllegalArgumentException(
                    need == FactorKind.Need.REQUIRED
                            ? kind + " needs a " + column
                            : kind + " has no " + column + ", but '" + text + "' was given");
        }
    }

    private static Period period(FactorKind kind, String text) {
        var period = Period.parse(text);
        if (period.isMonth() && !kind.hasMonths()) {
            throw new IllegalArgumentException(kind + " is of years, but the month " + text + " was given");
        }
        return period;
    }

    private static BigDecimal value(FactorKind kind, String text) {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: '" + text + "'", e);
        }
        if (!kind.allows(value)) {
            throw new IllegalArgumentException(text + " cannot be right for " + kind);
        }
        return value;
    }

    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var matcher = FIELD.matcher(line);
        int end = 0;
        while (matcher.find()) {
            var quoted = matcher.group(1);
            fields.add(quoted == null ? matcher.group(2).strip() : quoted.replace("\"\"", "\""));
            end = matcher.end();
            if (matcher.group(3).isEmpty()) {
                break;
            }
        }
        if (end != line.length()) {
            throw new IllegalArgumentException("a quote is not closed, or text follows it");
        }
        return fields;
    }
}
