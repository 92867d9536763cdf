package io.wattledger.sinks.prometheus;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.prometheus.Point.Series;
import io.wattledger.sinks.task.LedgerRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A subject on the board: its newest figures, and what Prometheus has of it. */
final class Shown {
    private final TopicPartition partition;
    private final Map<Counter, Double> highest = new HashMap<>();
    private Subject subject;
    private Instant end;
    private @Nullable SinkRecord news;
    private List<Point> points;
    private List<Point> shown = List.of();
    private boolean known;
    private boolean startsAtZero;
    private boolean refused;

    Shown(Subject subject, Instant end, LedgerRecord record) {
        this.partition = record.partition();
        this.subject = subject;
        this.end = end;
        this.news = record.source();
        this.points = subject.points();
        this.known = run().isEmpty();
    }

    /** There are newer figures. */
    void replace(Subject newer, Instant newEnd, LedgerRecord record) {
        subject = newer;
        end = newEnd;
        news = record.source();
        points = List.of();
        refused = false;
    }

    Subject subject() {
        return subject;
    }

    /** The run whose total it is. */
    Optional<RunEmissions> run() {
        return subject instanceof RunTotal total ? Optional.of(total.run()) : Optional.empty();
    }

    Instant end() {
        return end;
    }

    TopicPartition partition() {
        return partition;
    }

    /** The record it is of, where Prometheus does not have its figures yet. */
    Optional<SinkRecord> news() {
        return Optional.ofNullable(news);
    }

    /** Its series with their values; of counters the highest value that was ever shown. */
    List<Point> points() {
        if (points.isEmpty()) {
            points = subject.points().stream().map(this::raised).toList();
        }
        return points;
    }

    private Point raised(Point point) {
        var series = point.series();
        if (!series.metric().isCounter()) {
            return point;
        }
        double floor = highest.getOrDefault(Counter.of(series), 0.0);
        return point.value() >= floor ? point : new Point(series, floor);
    }

    /** Prometheus has the points. */
    void shown() {
        holdCounters();
        shown = points();
        news = null;
        startsAtZero = false;
    }

    /** Its counters do not fall below what they are now. */
    void holdCounters() {
        for (var point : points()) {
            if (point.series().metric().isCounter()) {
                highest.put(Counter.of(point.series()), point.value());
            }
        }
    }

    /** What Prometheus has of its counters; nothing where they are new to it. */
    void found(Map<Counter, Double> before) {
        before.forEach((counter, value) -> highest.merge(counter, value, Math::max));
        startsAtZero = before.isEmpty() && shown.isEmpty();
        known = true;
        points = List.of();
    }

    /** Its points may have been shown, or not. */
    void doubt() {
        known = run().isEmpty();
    }

    /** Whether it is known what Prometheus has of its counters, where it has counters. */
    boolean isKnown() {
        return known;
    }

    /** Whether it is certain that Prometheus has never had its counters. */
    boolean startsAtZero() {
        return startsAtZero;
    }

    /** Series that Prometheus has and that are no longer its own, as of a host in another zone. */
    Set<Series> left() {
        var now = points();
        if (shown == now) {
            return Set.of();
        }
        var left = new HashSet<Series>();
        shown.forEach(point -> left.add(point.series()));
        now.forEach(point -> left.remove(point.series()));
        return left;
    }

    /** All series that Prometheus has of it. */
    List<Series> series() {
        return shown.stream().map(Point::series).toList();
    }

    /** Prometheus does not take the points; no more of it until there are others. */
    void refuse() {
        refused = true;
        news = null;
    }

    boolean isRefused() {
        return refused;
    }
}
