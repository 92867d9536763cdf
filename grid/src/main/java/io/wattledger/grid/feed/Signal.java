package io.wattledger.grid.feed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a number of grams per kilowatt-hour means. Signals differ by hundreds of grams and are never mixed: each has the name
 * of its own series, and a series that is named after one signal takes no other.
 */
public enum Signal {
    /** Average of what is consumed (flow-traced), with upstream emissions. What the ledger uses by default. */
    AVERAGE_LIFECYCLE("average-lifecycle"),
    /** Average of what is consumed (flow-traced), emissions of the power plants alone. */
    AVERAGE_DIRECT("average-direct"),
    /** Average of what the zone itself produces, with upstream emissions. */
    PRODUCTION_LIFECYCLE("production-lifecycle"),
    /** Average of what the zone itself produces, emissions of its power plants alone. */
    PRODUCTION_DIRECT("production-direct"),
    /** What one more kilowatt-hour would emit. */
    MARGINAL("marginal"),
    /** What is left after contracts were served. */
    RESIDUAL_MIX("residual-mix");

    private final String series;

    Signal(String series) {
        this.series = series;
    }

    /** The series that it is published as unless another one is set. */
    public String series() {
        return series;
    }

    /** The signal that a series is named after: {@code marginal} and {@code marginal-own} both after the marginal one. */
    static Optional<Signal> of(String series) {
        return Arrays.stream(values())
                .filter(signal -> series.equals(signal.series) || series.startsWith(signal.series + "-"))
                .max(Comparator.comparingInt(signal -> signal.series.length()));
    }
}
