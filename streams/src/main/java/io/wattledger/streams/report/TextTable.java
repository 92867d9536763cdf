package io.wattledger.streams.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table for a terminal. */
public final class TextTable {
    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * Lines in columns, the first one being the header.
     *
     * @param lines each with as many cells
     */
    public static String of(List<List<String>> lines) {
        var widths = new int[lines.get(0).size()];
        for (var line : lines) {
            Arrays.setAll(
                    widths, column -> Math.max(widths[column], line.get(column).length()));
        }
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing() + "\n";
    }
}
