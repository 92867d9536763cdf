package io.wattledger.collector.sensor.exporter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus's text format 0.0.4: {@code name{label="value",…} number [milliseconds]}, one per line. Only lines of wanted
 * metrics are taken apart; an exporter may have tens of thousands of others.
 */
final class Exposition {
    private final String line;
    private int at;

    private Exposition(String line) {
        this.line = line;
    }

    /**
     * The series of some metrics, in the order they are written in.
     *
     * @throws IOException when a line of them is not in the format, or the text ends in the middle of a line
     */
    static List<Series> parse(String text, Set<String> metrics) throws IOException {
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new IOException("the answer ends in the middle of a line: it is not complete");
        }
        var series = new ArrayList<Series>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            var name = name(text, start, end);
            if (name != null && metrics.contains(name)) {
                series.add(new Exposition(text.substring(start, end).strip()).series(name));
            }
            start = end + 1;
        }
        return series;
    }

    /** Labels as they are written between braces: {@code a="x",b="y"}. */
    static Map<String, String> labels(String text) throws IOException {
        var exposition = new Exposition("{" + text + "}");
        var labels = exposition.labels();
        if (exposition.at != exposition.line.length()) {
            throw exposition.malformed();
        }
        return labels;
    }

    private static @Nullable String name(String text, int start, int end) {
        int at = start;
        while (at < end && isNamePart(text.charAt(at))) {
            at++;
        }
        return at == start ? null : text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
    }

    private Series series(String name) throws IOException {
        at = name.length();
        skipSpace();
        var labels = at < line.length() && line.charAt(at) == '{' ? labels() : Map.<String, String>of();
        var rest = line.substring(at).strip().split("\\s+");
        if (rest.length > 2) {
            throw malformed();
        }
        try {
            return new Series(name, labels, number(rest[0]), rest.length == 1 ? null : Long.valueOf(rest[1]));
        } catch (NumberFormatException e) {
            throw new IOException("not in Prometheus's text format: " + line, e);
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private Map<String, String> labels() throws IOException {
        var labels = new LinkedHashMap<String, String>();
        at++;
        while (true) {
            skipSpace();
            if (peek() == '}') {
                at++;
                return labels;
            }
            int start = at;
            while (isNamePart(peek())) {
                at++;
            }
            var name = line.substring(start, at);
            skipSpace();
            expect('=');
            skipSpace();
            if (name.isEmpty() || labels.put(name, quoted()) != null) {
                throw malformed();
            }
            skipSpace();
            if (peek() != '}') {
                expect(',');
            }
        }
    }

    private String quoted() throws IOException {
        expect('"');
        var value = new StringBuilder();
        while (peek() != '"') {
            char c = peek();
            at++;
            if (c == '\\') {
                c = peek() == 'n' ? '\n' : peek();
                at++;
            }
            value.append(c);
        }
        at++;
        return value.toString();
    }

    private void skipSpace() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private char peek() throws IOException {
        if (at >= line.length()) {
            throw malformed();
        }
        return line.charAt(at);
    }

    private void expect(char c) throws IOException {
        if (peek() != c) {
            throw malformed();
        }
        at++;
    }

    private IOException malformed() {
        return new IOException("not in Prometheus's text format: " + line);
    }
}
