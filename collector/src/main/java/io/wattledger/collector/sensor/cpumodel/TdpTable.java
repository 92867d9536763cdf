package io.wattledger.collector.sensor.cpumodel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Thermal design power per processor model. */
final class TdpTable {
    /**
     * One row.
     *
     * @param model name as its maker writes it
     * @param tdpWatts of one package
     * @param threads logical processors of one package; 0 when the table does not know
     */
    record Part(String model, double tdpWatts, int threads) {}

    private final List<String> rows;

    private TdpTable(List<String> rows) {
        this.rows = rows;
    }

    /** The table that comes with the program. */
    static TdpTable load() {
        try (var stream = TdpTable.class.getResourceAsStream("cpu-tdp.csv")) {
            if (stream == null) {
                throw new IllegalStateException("cpu-tdp.csv is missing from the program");
            }
            return parse(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TdpTable parse(Reader text) throws IOException {
        try (var lines = new BufferedReader(text)) {
            return new TdpTable(lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("model;"))
                    .toList());
        }
    }

    /** The part of which a system reports this name. Only names that agree apart from their trimmings match. */
    Optional<Part> find(String reportedName) {
        var key = key(reportedName);
        var words = key.split(" ");
        // To trim thousands of names for one takes a second where nothing is compiled yet.
        return rows.stream()
                .filter(row -> hasAll(row.toLowerCase(Locale.ROOT), words))
                .map(TdpTable::part)
                .filter(part -> key(part.model).equals(key))
                .findFirst();
    }

    private static boolean hasAll(String row, String[] words) {
        for (var word : words) {
            if (!row.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static Part part(String row) {
        var fields = row.split(";", -1);
        int threads = fields[2].isEmpty() ? 0 : Integer.parseInt(fields[2]);
        return new Part(fields[0], Double.parseDouble(fields[1]), threads);
    }

    /** The name without trademarks, clock, core count, generation and the words every name has. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceAll("\\((r|tm|c)\\)|[®™©]", " ")
                .replaceAll("@.*", " ")
                .replaceAll("\\bw(ith|/) (radeon|intel) .*", " ")
                .replaceAll("^\\s*\\d+(st|nd|rd|th) gen\\b", " ")
                .replaceAll("\\b(\\d+|dual|quad|six|eight|twelve|sixteen)-core\\b", " ")
                .replaceAll("\\b(cpu|processor)\\b", " ")
                .trim()
                .replaceAll("\\s+", " ");
    }
}
