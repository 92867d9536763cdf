package io.wattledger.collector.sensor.nvml;

import io.wattledger.accounting.quantity.Power;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Thermal design power by the name a driver shows. */
final class GpuTdpTable {
    /**
     * One row.
     *
     * @param tdp of one GPU
     * @param source who says so, with the year
     */
    record Row(Power tdp, String source) {}

    private final Map<String, Row> rows;

    private GpuTdpTable(Map<String, Row> rows) {
        this.rows = rows;
    }

    /** The table that comes with the program. */
    static GpuTdpTable load() {
        var rows = new HashMap<String, Row>();
        try (var stream = GpuTdpTable.class.getResourceAsStream("gpu-tdp.csv")) {
            if (stream == null) {
                throw new IllegalStateException("gpu-tdp.csv is missing from the program");
            }
            var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#") && !line.startsWith("model;")) {
                    var fields = line.split(";", -1);
                    rows.put(
                            key(fields[0]),
                            new Row(Power.ofWatts(Double.parseDouble(fields[1])), fields[2] + " " + fields[3]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GpuTdpTable(rows);
    }

    /** Only names that agree apart from the maker's trade names match. */
    Optional<Row> find(String name) {
        return Optional.ofNullable(rows.get(key(name)));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceAll("\\b(nvidia|geforce|quadro|tesla)\\b", " ")
                .trim()
                .replaceAll("[\\s-]+", " ");
    }
}
