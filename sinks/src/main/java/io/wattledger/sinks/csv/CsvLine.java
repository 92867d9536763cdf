package io.wattledger.sinks.csv;

import java.util.List;
import java.util.stream.Collectors;

/** One record of comma-separated values as RFC 4180 has them. */
public final class CsvLine {
    private CsvLine() {}

    /** The fields as a line with its line break; fields with commas, quotes or line breaks are quoted. */
    public static String of(List<String> fields) {
        return fields.stream().map(CsvLine::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
