package io.wattledger.sinks.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.RunEmissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What one record shows of something that has series: a run, a run on a host, a host. */
sealed interface Subject permits RunTotal, RowSubject, HostBalance {
    /** What a record shows; nothing where it is of the past. */
    static List<Subject> of(SpecificRecord record) {
        if (record instanceof RunEmissions run) {
            return List.of(new RunTotal(run));
        }
        if (record instanceof EmissionRow row) {
            return row.getRevision() == 0 ? ofOpen(row) : List.of();
        }
        return record instanceof HostHour hour ? List.of(new HostBalance(hour)) : List.of();
    }

    private static List<Subject> ofOpen(EmissionRow row) {
        var subjects = new ArrayList<Subject>();
        if (RunPower.isIn(row)) {
            subjects.add(new RunPower(row));
        }
        if (HostIntensity.isIn(row)) {
            subjects.add(new HostIntensity(row));
        }
        return subjects;
    }

    /** What it is about: of two with the same key one is shown. */
    String key();

    /** The period it tells of: one of a later period is shown instead. */
    Instant period();

    /** When it was known: within a period the newest is shown. */
    Instant knownAt();

    /**
     * When its series end if nothing more is heard.
     *
     * @param before when those of its predecessor would have ended; null where it has none
     */
    Instant end(Retention retention, @Nullable Instant before);

    /** Its series with their values, always the same number. */
    List<Point> points();

    /** Whether something is missing in Prometheus when this was never shown, as of an amount, not of a state. */
    default boolean isAmount() {
        return false;
    }

    /** Labels in pairs of name and value; one without a value is left out, which is the same to Prometheus. */
    static Labels labels(@Nullable String... pairs) {
        var labels = Labels.builder();
        for (int i = 0; i < pairs.length; i += 2) {
            var name = pairs[i];
            var value = pairs[i + 1];
            if (name != null && value != null && !value.isEmpty()) {
                labels.label(name, value);
            }
        }
        return labels.build();
    }
}
