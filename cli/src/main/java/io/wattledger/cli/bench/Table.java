package io.wattledger.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns; the first one is words, the others are figures. */
final class Table {
    private final String title;
    private final List<List<String>> lines = new ArrayList<>();

    Table(String title, String... header) {
        this.title = title;
        lines.add(List.of(header));
    }

    Table line(String first, Object... figures) {
        var line = new ArrayList<String>();
        line.add(first);
        for (var figure : figures) {
            line.add(figure.toString());
        }
        lines.add(line);
        return this;
    }

    /** A figure for a cell. */
    static String figure(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** For a terminal. */
    String text() {
        var text = new StringBuilder(title).append('\n');
        lines.forEach(line -> text.append("  ").append(padded(line, "  ")).append('\n'));
        return text.toString();
    }

    /** For a page in Markdown. */
    String markdown() {
        var text = new StringBuilder("**").append(title).append("**\n\n");
        text.append("| ").append(padded(lines.get(0), " | ")).append(" |\n");
        text.append("| ").append(rule()).append(" |\n");
        lines.stream()
                .skip(1)
                .forEach(line -> text.append("| ").append(padded(line, " | ")).append(" |\n"));
        return text.toString();
    }

    /** The line under the header; a colon at its end aligns a column to the right. */
    private String rule() {
        var widths = widths();
        return IntStream.range(0, widths.size())
                .mapToObj(i -> i == 0 ? "-".repeat(widths.get(i)) : "-".repeat(widths.get(i) - 1) + ":")
                .collect(Collectors.joining(" | "));
    }

    private String padded(List<String> line, String between) {
        var widths = widths();
        return IntStream.range(0, line.size())
                .mapToObj(i -> {
                    var space = " ".repeat(widths.get(i) - line.get(i).length());
                    return i == 0 ? line.get(i) + space : space + line.get(i);
                })
                .collect(Collectors.joining(between));
    }

    private List<Integer> widths() {
        return IntStream.range(0, lines.get(0).size())
                .mapToObj(i -> lines.stream()
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toList();
    }
}
