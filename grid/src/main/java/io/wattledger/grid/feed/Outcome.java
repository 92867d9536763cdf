package io.wattledger.grid.feed;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a question.
 *
 * @param values what was read; empty for a forecast and after a failure
 * @param failure null when the source answered
 * @param refusals how many values of the zone were refused so far, in words; empty for none
 */
record Outcome(
        Job job,
        List<IntensityValue> values,
        Optional<Forecast> forecast,
        @Nullable FeedException failure,
        Optional<String> refusals) {}
