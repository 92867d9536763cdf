package io.wattledger.cli.audit;

import io.wattledger.schemas.record.GridIntensity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes the values of one series for one zone. The first is its writer until it has been silent for a day and
 * another one publishes. What a writer has ever published counts up to its end; what others publish meanwhile waits.
 */
final class Writers {
    private static final Duration SILENCE = Duration.ofDays(1);

    private final TreeMap<Instant, String> published = new TreeMap<>();
    private @Nullable Map<String, Instant> ends;

    void published(GridIntensity value) {
        // Of two that publish in one millisecond nobody knows which was first.
        published.putIfAbsent(value.getPublishedAt(), value.getSource());
        ends = null;
    }

    /** Whether the value has reached the ledger. */
    boolean count(GridIntensity value) {
        var known = ends == null ? ends = ends() : ends;
        var end = known.get(value.getSource());
        return end != null && value.getPublishedAt().isBefore(end);
    }

    /** Until when each of them was the writer, those alone that ever were. */
    private Map<String, Instant> ends() {
        var found = new HashMap<String, Instant>();
        String writer = null;
        var last = Instant.MIN;
        for (var entry : published.entrySet()) {
            var source = entry.getValue();
            var at = entry.getKey();
            if (source.equals(writer)) {
                last = at;
            } else if (writer == null || !at.isBefore(last.plus(SILENCE))) {
                if (writer != null) {
                    found.put(writer, at);
                }
                writer = source;
                last = at;
            }
        }
        if (writer != null) {
            found.put(writer, Instant.MAX);
        }
        return found;
    }
}
