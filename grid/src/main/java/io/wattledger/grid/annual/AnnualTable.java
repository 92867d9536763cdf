package io.wattledger.grid.annual;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Annual carbon intensities by zone and year. Immutable. */
public final class AnnualTable {
    private static final String BUILT_IN = "annual-intensity.csv";

    private final List<AnnualRow> rows;

    AnnualTable(List<AnnualRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /** The table that comes with the program; {@code docs/data.md} says where it is from. */
    public static AnnualTable builtIn() {
        try (var in = Objects.requireNonNull(AnnualTable.class.getResourceAsStream(BUILT_IN), BUILT_IN);
                var reader = new InputStreamReader(in, UTF_8)) {
            return new AnnualTable(new TableParser(BUILT_IN, List.of()).parse(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * This table with the rows of a file in the same format. A row of the file replaces one of the same zone and year. Its
     * zones may have their parents here.
     *
     * @throws InvalidTableException when the file cannot be read or used
     */
    public AnnualTable including(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            return new AnnualTable(merged(new TableParser(file.toString(), rows).parse(reader)));
        } catch (IOException e) {
            throw new InvalidTableException(
                    "Cannot read the intensity table " + file + " (" + e + "); it must be a readable file in UTF-8", e);
        }
    }

    private List<AnnualRow> merged(List<AnnualRow> others) {
        Map<ZoneYear, AnnualRow> merged = new LinkedHashMap<>();
        rows.forEach(row -> merged.put(ZoneYear.of(row), row));
        others.forEach(row -> merged.put(ZoneYear.of(row), row));
        return new ArrayList<>(merged.values());
    }

    /** All rows; those without a value too. */
    public List<AnnualRow> rows() {
        return rows;
    }

    record ZoneYear(String zone, int year) {
        static ZoneYear of(AnnualRow row) {
            return new ZoneYear(row.zone(), row.year());
        }
    }
}
