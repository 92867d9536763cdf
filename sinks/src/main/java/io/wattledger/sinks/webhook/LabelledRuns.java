package io.wattledger.sinks.webhook;

import io.wattledger.schemas.record.RunEmissions;
import java.util.Optional;

/**
 * The label of a run that says what it is called in an experiment tracker.
 *
 * @param name name of the label
 */
record LabelledRuns(String name) {
    /** Why this is no run that the tracker knows; empty when it may be one. */
    Optional<String> whyNot(Event event) {
        if (event.run().isEmpty()) {
            return Optional.of("it is no run");
        }
        return event.run().map(this::valueOf).orElse("").isBlank()
                ? Optional.of("the run has no label " + name)
                : Optional.empty();
    }

    String valueOf(RunEmissions run) {
        return run.getLabels().getOrDefault(name, "").strip();
    }
}
