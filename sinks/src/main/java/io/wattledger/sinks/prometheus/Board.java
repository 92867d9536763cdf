package io.wattledger.sinks.prometheus;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.prometheus.Point.Series;
import io.wattledger.sinks.task.LedgerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task shows now: the newest figures of each subject until its series end, and no more series than allowed. Depends
 * on the newest records alone, in whichever order and however often they come.
 */
final class Board {
    private static final Logger LOG = LoggerFactory.getLogger(Board.class);

    private final Retention retention;
    private final int mostSeries;
    private final Map<String, Shown> subjects = new LinkedHashMap<>();
    private int series;
    private long leftOut;
    private boolean full;

    Board(Retention retention, int mostSeries) {
        this.retention = retention;
        this.mostSeries = mostSeries;
    }

    /** Takes the figures of a record, if there are no newer ones. */
    void take(LedgerRecord record, Instant now) {
        for (var subject : Subject.of(record.value())) {
            var shown = subjects.get(subject.key());
            if (shown == null) {
                add(subject, record, now);
            } else if (isNewer(subject, shown.subject())) {
                shown.replace(subject, subject.end(retention, shown.end()), record);
            }
        }
    }

    /** Of two with the same stamp the one that comes last. */
    private static boolean isNewer(Subject subject, Subject before) {
        int order = subject.period().compareTo(before.period());
        return order > 0 || (order == 0 && !subject.knownAt().isBefore(before.knownAt()));
    }

    private void add(Subject subject, LedgerRecord record, Instant now) {
        var end = subject.end(retention, null);
        if (!end.isAfter(now) && !isOwed(subject, now)) {
            return;
        }
        var shown = new Shown(subject, end, record);
        if (series + shown.points().size() > mostSeries) {
            leaveOut(subject);
            return;
        }
        series += shown.points().size();
        subjects.put(subject.key(), shown);
    }

    /** An amount is shown once at least, so that it is not missing there after a while without the target. */
    private boolean isOwed(Subject subject, Instant now) {
        return subject.isAmount() && subject.knownAt().plus(retention.backlog()).isAfter(now);
    }

    private void leaveOut(Subject subject) {
        leftOut++;
        if (!full) {
            full = true;
            LOG.warn(
                    "{} and what else is new is left out: there are {} series, and {} is {}. Raise it, or lower {}.",
                    subject.key(),
                    series,
                    SeriesSettings.MOST,
                    mostSeries,
                    SeriesSettings.RUN_RETENTION);
        }
    }

    /** Takes off what has ended. Returns the series of it that Prometheus has. */
    List<Series> expire(Instant now) {
        var ended = new ArrayList<Series>();
        subjects.values().removeIf(shown -> {
            boolean over = !shown.end().isAfter(now) && (shown.news().isEmpty() || !isOwed(shown.subject(), now));
            if (over) {
                ended.addAll(shown.series());
                series -= shown.points().size();
            }
            return over;
        });
        if (full && series < mostSeries / 10 * 9) {
            full = false;
            LOG.info("There is room for new series again; {} records were left out so far", leftOut);
        }
        return ended;
    }

    /** Takes off what another task shows from now on. */
    void release(Collection<TopicPartition> partitions) {
        subjects.values().removeIf(shown -> {
            boolean released = partitions.contains(shown.partition());
            series -= released ? shown.points().size() : 0;
            return released;
        });
    }

    /** All that is shown. */
    Collection<Shown> shown() {
        return subjects.values();
    }

    /** Runs of which it is not known what Prometheus has. */
    List<RunEmissions> unknown() {
        return subjects.values().stream()
                .filter(shown -> !shown.isKnown() && !shown.isRefused())
                .flatMap(shown -> shown.run().stream())
                .toList();
    }

    /** It is known now: the last values of counters by run. */
    void found(Map<String, Map<Counter, Double>> values) {
        for (var shown : subjects.values()) {
            if (!shown.isKnown()) {
                shown.run().ifPresent(run -> shown.found(values.getOrDefault(run.getRun(), Map.of())));
            }
        }
    }

    /** Records whose subject had no room. */
    long leftOut() {
        return leftOut;
    }
}
