package io.wattledger.grid.annual;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.annual.AnnualTable.ZoneYear;
import io.wattledger.grid.csv.CsvReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a table and refuses one that contradicts itself or the rows it is added to. */
final class TableParser {
    static final List<String> HEADER =
            List.of("zone", "name", "parent", "year", "grams_per_kwh", "method", "source", "licence");

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;
    private static final String UNKNOWN = "unknown";
    private static final BigDecimal MOST_GRAMS = BigDecimal.valueOf(10_000);

    private final String file;
    private final Map<String, AnnualRow> zones = new HashMap<>();
    private final Map<ZoneYear, Integer> lines = new LinkedHashMap<>();

    /** @param base rows that were there before; the file may replace them and refer to their zones */
    TableParser(String file, List<AnnualRow> base) {
        this.file = file;
        base.forEach(row -> zones.put(row.zone(), row));
    }

    List<AnnualRow> parse(Reader text) throws IOException {
        var csv = new CsvReader(text);
        var header = csv.next();
        if (header == null || !header.fields().equals(HEADER)) {
            throw invalid(1, "the first line must be " + String.join(",", HEADER));
        }
        var rows = new ArrayList<AnnualRow>();
        for (var row = csv.next(); row != null; row = csv.next()) {
            rows.add(parse(row));
        }
        rows.forEach(this::checkParents);
        return rows;
    }

    private AnnualRow parse(CsvReader.Row csv) {
        int line = csv.line();
        var fields = csv.fields();
        if (fields.size() != HEADER.size()) {
            throw invalid(line, "it has " + fields.size() + " columns, not " + HEADER.size());
        }
        var parent = fields.get(2).strip();
        var row = new AnnualRow(
                zone(csv),
                required(csv, 1),
                parent.isEmpty() ? null : parent,
                year(csv),
                intensity(csv),
                required(csv, 5),
                required(csv, 6),
                required(csv, 7));
        var before = lines.putIfAbsent(ZoneYear.of(row), line);
        if (before != null) {
            throw invalid(line, "zone " + row.zone() + " has a row for the same year on line " + before);
        }
        zones.put(row.zone(), row);
        return row;
    }

    private String zone(CsvReader.Row csv) {
        var zone = required(csv, 0);
        if (zone.chars().anyMatch(Character::isWhitespace)) {
            throw invalid(csv.line(), "the zone '" + zone + "' has a space in it");
        }
        return zone;
    }

    private String required(CsvReader.Row csv, int column) {
        var value = csv.fields().get(column).strip();
        if (value.isEmpty()) {
            throw invalid(csv.line(), HEADER.get(column) + " is empty");
        }
        return value;
    }

    private int year(CsvReader.Row csv) {
        var text = csv.fields().get(3).strip();
        boolean hasValue = !csv.fields().get(4).isBlank();
        if (hasValue ? text.equals(UNKNOWN) : text.isEmpty()) {
            return AnnualRow.UNKNOWN_YEAR;
        }
        if (!text.matches("\\d{4}") || Integer.parseInt(text) < FIRST_YEAR || Integer.parseInt(text) > LAST_YEAR) {
            throw invalid(
                    csv.line(),
                    "year is '" + text + "', must be a year, or the word " + UNKNOWN
                            + " where the source does not say");
        }
        return Integer.parseInt(text);
    }

    private @Nullable CarbonIntensity intensity(CsvReader.Row csv) {
        var text = csv.fields().get(4).strip();
        if (text.isEmpty()) {
            return null;
        }
        var problem = "grams_per_kwh is '" + text + "', must be a number from 0 to " + MOST_GRAMS
                + ", or empty where it is not known";
        try {
            var grams = new BigDecimal(text);
            if (grams.signum() < 0 || grams.compareTo(MOST_GRAMS) > 0) {
                throw invalid(csv.line(), problem);
            }
            return CarbonIntensity.ofGramsPerKwh(grams);
        } catch (NumberFormatException e) {
            throw invalid(csv.line(), problem);
        }
    }

    private void checkParents(AnnualRow row) {
        int line = lines.getOrDefault(ZoneYear.of(row), 1);
        var seen = new LinkedHashSet<String>();
        for (var zone = row.zone(); zone != null; ) {
            if (!seen.add(zone)) {
                throw invalid(
                        line, "zone " + row.zone() + " includes itself: " + String.join(" < ", seen) + " < " + zone);
            }
            var known = zones.get(zone);
            if (known == null) {
                throw invalid(line, "the parent '" + zone + "' is not a zone of the table");
            }
            zone = known.parent();
        }
    }

    private InvalidTableException invalid(int line, String reason) {
        return new InvalidTableException(file, line, reason);
    }
}
