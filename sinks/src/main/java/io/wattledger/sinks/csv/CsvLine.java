package io.wattledger.sinks.csv;

import java.util.List;

/** One record of comma-separated values as RFC 4180 has them. */
public final class CsvLine {
    private CsvLine() {}

    /** The fields as a line with its line break; fields with commas, quotes or line breaks are quoted. */
    public static String of(List<String> fields) {
        var line = new StringBuilder();
        append(fields, line);
        return line.toString();
    }

    static void append(List<String> fields, StringBuilder text) {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            var field = fields.get(i);
            if (isPlain(field)) {
                text.append(field);
            } else {
                text.append('"').append(field.replace("\"", "\"\"")).append('"');
            }
        }
        text.append("\r\n");
    }

    private static boolean isPlain(String field) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return false;
            }
        }
        return true;
    }
}
