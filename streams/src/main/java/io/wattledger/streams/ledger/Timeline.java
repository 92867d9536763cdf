package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.state.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** What was seen of a host, by time: spans of samples that follow one another, and the holes between them. */
final class Timeline {
    private final List<Stretch> stretches = new ArrayList<>();

    Timeline(List<Span> spans) {
        spans.forEach(span -> stretches.add(new Stretch(span)));
    }

    /** What became of a sample. */
    enum Outcome {
        NEW,
        SEEN,
        /** Another session of the host has told of that time. */
        OVERLAPS
    }

    /** What is done with the holes that a sample takes away, makes smaller or leaves behind. */
    interface Holes {
        void closed(Hole hole);

        void opened(Hole hole);
    }

    /** Notes a sample that has not been seen, and tells which holes have changed. */
    Outcome add(PowerSamples host, Sample sample, Holes holes) {
        int size = stretches.size();
        if (size > 0 && stretches.get(size - 1).goesOnWith(host, sample)) {
            stretches.get(size - 1).append(sample);
            return Outcome.NEW;
        }
        long start = sample.getStart().toEpochMilli();
        long end = sample.getEnd().toEpochMilli();
        for (var stretch : stretches) {
            boolean sameSession = stretch.isOf(host.getSession());
            if (sameSession && stretch.includes(sample.getSeq())) {
                return Outcome.SEEN;
            }
        }
        for (var stretch : stretches) {
            if (!stretch.isOf(host.getSession()) && stretch.start() < end && stretch.end() > start) {
                return Outcome.OVERLAPS;
            }
        }
        insert(new Stretch(host, sample), holes);
        return Outcome.NEW;
    }

    private void insert(Stretch added, Holes holes) {
        int at = stretches.size();
        while (at > 0 && stretches.get(at - 1).start() > added.start()) {
            at--;
        }
        holeBefore(at, holes::closed);
        stretches.add(at, added);
        if (at + 1 < stretches.size() && added.isFollowedBy(stretches.get(at + 1))) {
            stretches.set(at, added.joinedWith(stretches.remove(at + 1)));
        } else {
            holeBefore(at + 1, holes::opened);
        }
        if (at > 0 && stretches.get(at - 1).isFollowedBy(stretches.get(at))) {
            stretches.set(at - 1, stretches.get(at - 1).joinedWith(stretches.remove(at)));
        } else {
            holeBefore(at, holes::opened);
        }
    }

    /** The hole between a stretch and the one before it, if there is one. */
    private void holeBefore(int at, Consumer<Hole> action) {
        if (at > 0 && at < stretches.size()) {
            var before = stretches.get(at - 1);
            var after = stretches.get(at);
            if (before.end() < after.start()) {
                action.accept(new Hole(before, after));
            }
        }
    }

    /** Whether every sample from {@code first} to {@code last} has been seen. */
    boolean covers(String session, long first, long last) {
        long missing = last - first + 1;
        for (var stretch : stretches) {
            if (stretch.isOf(session)) {
                missing -= Math.max(0, stretch.countBetween(first, last));
            }
        }
        return missing <= 0;
    }

    /** Forgets what ended before the horizon; what was sent of it again would be too late anyway. */
    void forgetBefore(long horizon) {
        stretches.removeIf(stretch -> stretch.end() < horizon);
    }

    List<Span> toState() {
        return stretches.stream()
                .sorted(Comparator.comparingLong(Stretch::start))
                .map(Stretch::toState)
                .toList();
    }
}
