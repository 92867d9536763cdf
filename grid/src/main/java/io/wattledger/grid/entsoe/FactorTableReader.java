package io.wattledger.grid.entsoe;

import io.wattledger.accounting.generation.Origin;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.csv.CsvReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of emission factors. A type whose factor is empty is not counted; any other row says who published the
 * factor, when, and under which licence. The year is that of the publication, empty where it is not known.
 */
final class FactorTableReader {
    static final String HEADER = "type,name,g_per_kwh,origin,source,year,licence,note";

    private static final int COLUMNS = 8;
    private static final BigDecimal MOST_GRAMS = BigDecimal.valueOf(3_000);

    private FactorTableReader() {}

    /** @throws ConfigException naming all lines that cannot be used */
    static Map<String, TypeFactor> read(Reader text, String file) throws IOException {
        var csv = new CsvReader(text);
        var factors = new TreeMap<String, TypeFactor>();
        var problems = new ArrayList<String>();
        var header = csv.next();
        if (header == null
                || !String.join(",", header.fields())
                        .replaceFirst("^\\uFEFF", "")
                        .equals(HEADER)) {
            problems.add("line 1: the header must be '" + HEADER + "'");
        }
        for (var row = csv.next(); row != null; row = csv.next()) {
            try {
                var factor = factor(row.fields());
                if (factors.put(factor.type(), factor) != null) {
                    throw new IllegalArgumentException("a second row of " + factor.type());
                }
            } catch (IllegalArgumentException e) {
                problems.add("line " + row.line() + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(EntsoeProvider.FACTORS_FILE, file, String.join("\n", problems));
        }
        return factors;
    }

    private static TypeFactor factor(List<String> fields) {
        if (fields.size() != COLUMNS) {
            throw new IllegalArgumentException("it has " + fields.size() + " columns, not " + COLUMNS);
        }
        var type = fields.get(0).strip();
        if (!type.matches("B\\d\\d")) {
            throw new IllegalArgumentException("the type is '" + type + "', must be a code from B01 to B25");
        }
        var intensity = intensity(fields.get(2).strip());
        if (intensity != null) {
            checkProvenance(fields);
        }
        return new TypeFactor(type, intensity, origin(fields.get(3).strip()));
    }

    private static @Nullable CarbonIntensity intensity(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            var grams = new BigDecimal(text);
            if (grams.signum() >= 0 && grams.compareTo(MOST_GRAMS) <= 0) {
                return CarbonIntensity.ofGramsPerKwh(grams);
            }
        } catch (NumberFormatException e) {
            // Falls through to the message below.
        }
        throw new IllegalArgumentException("g_per_kwh is '" + text + "', must be a number from 0 to " + MOST_GRAMS
                + ", or empty for a type that is not to be counted");
    }

    private static Origin origin(String text) {
        return Arrays.stream(Origin.values())
                .filter(origin -> word(origin).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the origin is '" + text + "', must be one of "
                        + Arrays.stream(Origin.values())
                                .map(FactorTableReader::word)
                                .collect(Collectors.joining(", "))));
    }

    private static String word(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }

    private static void checkProvenance(List<String> fields) {
        if (fields.get(4).isBlank()) {
            throw new IllegalArgumentException("it has no source; say who published the factor");
        }
        var year = fields.get(5).strip();
        if (!year.isEmpty() && !year.matches("(19|20|21)\\d\\d")) {
            throw new IllegalArgumentException(
                    "the year is '" + year + "', must be a year, or empty where it is not known");
        }
        if (fields.get(6).isBlank()) {
            throw new IllegalArgumentException("it has no licence; write 'own' for a factor of your own");
        }
    }
}
