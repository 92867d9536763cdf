package io.wattledger.streams.totals;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Totals that were published but not kept in their history, being in progress. What is asked about them is answered from
 * the history, so once no further change comes they are kept later. Nothing is scheduled while there are none.
 */
final class KeptLater {
    private final ProcessorContext<?, ?> context;
    private final Duration interval;
    private final Predicate<String> keepIfDue;
    private final Set<String> names = new LinkedHashSet<>();
    private @Nullable Cancellable schedule;

    /**
     * @param keepIfDue asked about each of them at each {@code interval}; answers true when it is kept or gone
     */
    KeptLater(ProcessorContext<?, ?> context, Duration interval, Predicate<String> keepIfDue) {
        this.context = context;
        this.interval = interval;
        this.keepIfDue = keepIfDue;
    }

    void add(String name) {
        names.add(name);
        if (schedule == null) {
            schedule = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, time -> look());
        }
    }

    void remove(String name) {
        names.remove(name);
    }

    private void look() {
        names.removeIf(keepIfDue);
        if (names.isEmpty() && schedule != null) {
            schedule.cancel();
            schedule = null;
        }
    }
}
