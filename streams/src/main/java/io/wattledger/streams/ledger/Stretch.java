package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.state.CounterEdge;
import io.wattledger.schemas.state.Span;
import java.util.List;

/** Samples of one session that follow one another, with the counters at both edges. */
final class Stretch {
    private final String session;
    private final String bootId;
    private final String zone;
    private final int pueThousandths;
    private final long slotLengthMillis;
    private final long firstSeq;
    private final Edge opening;
    private long lastSeq;
    private Edge closing;

    Stretch(PowerSamples host, Sample sample) {
        this(
                host.getSession(),
                host.getBootId(),
                host.getZone(),
                host.getPueThousandths(),
                host.getSlotLengthMillis(),
                sample.getSeq(),
                new Edge(sample));
        this.lastSeq = sample.getSeq();
        this.closing = opening;
    }

    Stretch(Span span) {
        this(
                span.getSession(),
                span.getBootId(),
                span.getZone(),
                span.getPueThousandths(),
                span.getSlotLengthMillis(),
                span.getFirstSeq(),
                new Edge(span.getStart(), span.getStart() + span.getOpeningMillis(), span.getOpening()));
        this.lastSeq = span.getLastSeq();
        this.closing = new Edge(span.getEnd() - span.getClosingMillis(), span.getEnd(), span.getClosing());
    }

    private Stretch(
            String session,
            String bootId,
            String zone,
            int pueThousandths,
            long slotLengthMillis,
            long firstSeq,
            Edge opening) {
        this.session = session;
        this.bootId = bootId;
        this.zone = zone;
        this.pueThousandths = pueThousandths;
        this.slotLengthMillis = slotLengthMillis;
        this.firstSeq = firstSeq;
        this.opening = opening;
        this.lastSeq = firstSeq;
        this.closing = opening;
    }

    boolean isOf(String ofSession) {
        return session.equals(ofSession);
    }

    boolean isOfSameBootAs(Stretch other) {
        return bootId.equals(other.bootId);
    }

    boolean includes(long seq) {
        return firstSeq <= seq && seq <= lastSeq;
    }

    long countBetween(long first, long last) {
        return Math.min(last, lastSeq) - Math.max(first, firstSeq) + 1;
    }

    boolean goesOnWith(PowerSamples host, Sample sample) {
        return sample.getSeq() == lastSeq + 1
                && isOf(host.getSession())
                && sample.getStart().toEpochMilli() == end();
    }

    void append(Sample sample) {
        lastSeq = sample.getSeq();
        closing = new Edge(sample);
    }

    /** Whether another begins where this one ends. */
    boolean isFollowedBy(Stretch next) {
        return next.firstSeq == lastSeq + 1 && isOf(next.session) && end() == next.start();
    }

    Stretch joinedWith(Stretch next) {
        var joined = new Stretch(session, bootId, zone, pueThousandths, slotLengthMillis, firstSeq, opening);
        joined.lastSeq = next.lastSeq;
        joined.closing = next.closing;
        return joined;
    }

    /** Milliseconds since the epoch. */
    long start() {
        return opening.start();
    }

    /** Milliseconds since the epoch. */
    long end() {
        return closing.end();
    }

    String zone() {
        return zone;
    }

    int pueThousandths() {
        return pueThousandths;
    }

    long slotLengthMillis() {
        return slotLengthMillis;
    }

    Edge opening() {
        return opening;
    }

    Edge closing() {
        return closing;
    }

    Span toState() {
        return new Span(
                session,
                bootId,
                zone,
                pueThousandths,
                slotLengthMillis,
                firstSeq,
                lastSeq,
                start(),
                end(),
                opening.millis(),
                closing.millis(),
                opening.counters(),
                closing.counters());
    }

    /** The first or the last sample: its time, and the counters at its end. */
    static final class Edge {
        private final long start;
        private final long end;
        private final Sample sample;
        private final List<CounterEdge> counters;

        Edge(Sample sample) {
            this.start = sample.getStart().toEpochMilli();
            this.end = sample.getEnd().toEpochMilli();
            this.sample = sample;
            this.counters = List.of();
        }

        @SuppressWarnings("NullAway")
        Edge(long start, long end, List<CounterEdge> counters) {
            this.start = start;
            this.end = end;
            this.sample = null;
            this.counters = counters;
        }

        long start() {
            return start;
        }

        long end() {
            return end;
        }

        long millis() {
            return end - start;
        }

        List<CounterEdge> counters() {
            return sample == null ? counters : Counters.of(sample);
        }
    }
}
