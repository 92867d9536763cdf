package io.wattledger.cli.audit;

import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which samples of a host count, in the order of the topic: each once, and of two sessions at the same time the first. */
final class HostTimeline {
    private final Map<String, Session> sessions = new HashMap<>();

    /** What becomes of a sample. */
    enum Verdict {
        COUNTS,
        DOUBLED,
        OVERLAPS
    }

    private static final class Session {
        final TreeMap<Long, Span> spansByFirstSeq = new TreeMap<>();
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;

        boolean touches(Sample sample) {
            return start < sample.getEnd().toEpochMilli()
                    && sample.getStart().toEpochMilli() < end
                    && spansByFirstSeq.values().stream().anyMatch(span -> span.overlaps(sample));
        }

        boolean has(long seq) {
            var at = spansByFirstSeq.floorEntry(seq);
            return at != null && at.getValue().includes(seq);
        }

        void add(PowerSamples host, Sample sample) {
            start = Math.min(start, sample.getStart().toEpochMilli());
            end = Math.max(end, sample.getEnd().toEpochMilli());
            var before = spansByFirstSeq.floorEntry(sample.getSeq());
            Span span;
            if (before != null && before.getValue().isFollowedBy(sample)) {
                span = before.getValue();
                span.extendTo(sample);
            } else {
                span = new Span(host, sample);
                spansByFirstSeq.put(sample.getSeq(), span);
            }
            var after = spansByFirstSeq.get(sample.getSeq() + 1);
            if (after != null && span.isFollowedBy(after.first)) {
                span.extendTo(after.last());
                spansByFirstSeq.remove(sample.getSeq() + 1);
            }
        }
    }

    Verdict add(PowerSamples host, Sample sample) {
        var own = sessions.computeIfAbsent(host.getSession(), name -> new Session());
        if (own.has(sample.getSeq())) {
            return Verdict.DOUBLED;
        }
        for (var session : sessions.values()) {
            if (session != own && session.touches(sample)) {
                return Verdict.OVERLAPS;
            }
        }
        own.add(host, sample);
        return Verdict.COUNTS;
    }

    /** Whether every sample from {@code first} to {@code last} counts. */
    boolean covers(String session, long first, long last) {
        long missing = last - first + 1;
        var of = sessions.get(session);
        if (of != null) {
            for (var span : of.spansByFirstSeq.values()) {
                long from = Math.max(first, span.first.getSeq());
                long to = Math.min(last, span.last().getSeq());
                missing -= Math.max(0, to - from + 1);
            }
        }
        return missing <= 0;
    }

    /** End of the last span that ends at that time or before; that time itself when there is none. */
    long endBefore(long time) {
        return spans().stream()
                .mapToLong(Span::end)
                .filter(end -> end <= time)
                .max()
                .orElse(time);
    }

    /** Start of the first span that starts at that time or later; that time itself when there is none. */
    long startAfter(long time) {
        return spans().stream()
                .mapToLong(Span::start)
                .filter(start -> start >= time)
                .min()
                .orElse(time);
    }

    /** By time. */
    List<Span> spans() {
        var spans = new ArrayList<Span>();
        sessions.values().forEach(session -> spans.addAll(session.spansByFirstSeq.values()));
        spans.sort(Comparator.comparingLong(Span::start));
        return spans;
    }
}
