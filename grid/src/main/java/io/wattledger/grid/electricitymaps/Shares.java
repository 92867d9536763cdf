package io.wattledger.grid.electricitymaps;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.accounting.quantity.Thousandths;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.JsonFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renewable and carbon-free shares in thousandths, by the start of their interval. */
record Shares(Map<Instant, Integer> renewable, Map<Instant, Integer> carbonFree) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    /** Of {@code power-breakdown}, which v3 has. */
    static Shares ofBreakdown(JsonNode answer) throws FeedUnavailableException {
        return new Shares(of(answer, "renewablePercentage"), of(answer, "fossilFreePercentage"));
    }

    /** Of {@code renewable-energy} and {@code carbon-free-energy}, which v4 has. */
    static Shares ofSignals(JsonNode renewable, JsonNode carbonFree) throws FeedUnavailableException {
        return new Shares(of(renewable, "value"), of(carbonFree, "value"));
    }

    private static Map<Instant, Integer> of(JsonNode answer, String field) throws FeedUnavailableException {
        var shares = new HashMap<Instant, Integer>();
        for (var row : IntensityAnswers.rows(answer)) {
            var percent = JsonFields.number(row, field);
            if (percent != null && percent.signum() >= 0 && percent.compareTo(WHOLE) <= 0) {
                shares.put(JsonFields.requiredMoment(row, "datetime"), Thousandths.ofPercent(percent));
            }
        }
        return shares;
    }

    IntensityValue addTo(IntensityValue value) {
        return new IntensityValue(
                value.start(),
                value.end(),
                value.intensity(),
                value.measured(),
                value.method(),
                value.version(),
                at(renewable, value),
                at(carbonFree, value));
    }

    private static @Nullable Integer at(Map<Instant, Integer> shares, IntensityValue value) {
        return shares.get(value.start());
    }
}
