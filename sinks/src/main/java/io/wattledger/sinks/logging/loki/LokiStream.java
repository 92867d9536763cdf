package io.wattledger.sinks.logging.loki;

import io.wattledger.sinks.logging.LogLine;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which stream a line belongs to. */
final class LokiStream {
    private static final String EVENT = "event";
    private static final String PROJECT = "project";
    private static final String ZONE = "zone";
    private static final String HOST = "host";
    private static final String PARTITION = "partition";

    /** What can be a label: each has few values. */
    static final List<String> LABELS = List.of(EVENT, PROJECT, ZONE, HOST, PARTITION);

    private final List<String> labels;
    private final Map<String, String> own;

    /** @param own labels of all lines */
    LokiStream(List<String> labels, Map<String, String> own) {
        this.labels = labels;
        this.own = own;
    }

    SortedMap<String, String> of(LogLine line) {
        var stream = new TreeMap<>(own);
        for (var label : labels) {
            var value = value(label, line);
            // To Loki an empty label is none.
            if (!value.isEmpty()) {
                stream.put(label, value);
            }
        }
        return stream;
    }

    private static String value(String label, LogLine line) {
        return switch (label) {
            case EVENT -> line.event();
            case PARTITION -> line.record().partition().toString();
            case HOST -> line.host();
            default -> line.attributes().path(label).asText();
        };
    }
}
