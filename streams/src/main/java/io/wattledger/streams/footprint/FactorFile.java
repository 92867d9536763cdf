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
 * Reads tables of factors: CSV in UTF-8 with the header {@value #HEADER}. Empty lines and lines that begin with # are
 * skipped; a field with commas is put in double quotes.
 */
final class FactorFile {
    static final String HEADER = "factor,name,zone,year,value,source,licence";

    private static final String BUILT_IN = "factors.csv";
    private static final int COLUMNS = 7;
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
        var factors = new ArrayList<Factor>();
        var problems = new ArrayList<String>();
        boolean headerSeen = false;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                if (!headerSeen) {
                    checkHeader(line);
                    headerSeen = true;
                } else {
                    factors.add(factor(fields(line)));
                }
            } catch (IllegalArgumentException e) {
                problems.add("line " + (i + 1) + ": " + e.getMessage());
                headerSeen = true;
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(FootprintSettings.FACTORS_FILE, name, String.join("\n", problems));
        }
        return factors;
    }

    private static void checkHeader(String line) {
        if (!line.equals(HEADER)) {
            throw new IllegalArgumentException("the header is '" + line + "'; it must be '" + HEADER + "'");
        }
    }

    private static Factor factor(List<String> fields) {
        if (fields.size() != COLUMNS) {
            throw new IllegalArgumentException("has " + fields.size() + " columns, not " + COLUMNS);
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
        return new Factor(
                kind, fields.get(1), fields.get(2), year(fields.get(3)), value(kind, fields.get(4)), fields.get(5));
    }

    private static void check(FactorKind kind, String column, FactorKind.Need need, String text) {
        if (!need.fits(text)) {
            throw new IllegalArgumentException(
                    need == FactorKind.Need.REQUIRED
                            ? kind + " needs a " + column
                            : kind + " has no " + column + ", but '" + text + "' was given");
        }
    }

    private static int year(String text) {
        if (text.isEmpty()) {
            return Factor.ANY_YEAR;
        }
        if (!text.matches("(19|20|21)\\d\\d")) {
            throw new IllegalArgumentException("not a year: '" + text + "'; leave it empty when it is not known");
        }
        return Integer.parseInt(text);
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
