package io.wattledger.grid.feed;

import java.time.Instant;
import java.util.List;

/**
 * A forecast of one zone.
 *
 * @param issued when it was made, by the source's stamp; where it has none, the time of the request
 * @param values in any order, each interval once
 */
public record Forecast(Instant issued, List<ForecastValue> values) {
    public Forecast {
        values = List.copyOf(values);
    }
}
