package io.wattledger.sinks.webhook;

import io.wattledger.schemas.record.RunStatus;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are told.
 *
 * @param projects these projects alone; all when empty
 * @param statuses runs in one of these states alone
 * @param leastGrams emissions in grams that must be exceeded, or null
 * @param leastKilowattHours energy in kilowatt-hours that must be exceeded, or null
 * @param correctionsOnly corrections of final figures alone
 */
record EventFilter(
        Set<String> projects,
        Set<RunStatus> statuses,
        @Nullable BigDecimal leastGrams,
        @Nullable BigDecimal leastKilowattHours,
        boolean correctionsOnly) {
    boolean passes(Event event) {
        return isOfProject(event)
                && event.run().map(run -> statuses.contains(run.getStatus())).orElse(true)
                && isAbove(event.emissions().grams(), leastGrams)
                && isAbove(event.energy().kilowattHours(), leastKilowattHours)
                && (event.isCorrection() || !correctionsOnly);
    }

    private boolean isOfProject(Event event) {
        return projects.isEmpty() || (event.project() != null && projects.contains(event.project()));
    }

    private static boolean isAbove(BigDecimal amount, @Nullable BigDecimal least) {
        return least == null || amount.compareTo(least) > 0;
    }
}
