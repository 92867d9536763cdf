package io.wattledger.cli.grid;

import io.wattledger.cli.grid.AnnualValues.Ranked;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What is known of the intensity of one zone.
 *
 * @param zone its id
 * @param name for people; the id again where nobody has named it
 * @param around names of the zones that include it, from the inside outwards
 * @param series the series asked for
 * @param method how that series is made
 * @param isLedgers whether the ledger uses that series
 * @param isConnected whether there is a ledger that was asked, or only the table that comes with the program
 * @param now when it was asked
 * @param from beginning of the live values
 * @param to their end
 * @param current the live value of the slot that is now, if any
 * @param annual the annual values, the one that a row of now would get first
 * @param live live values of the series in the order of time
 * @param otherSeries other series there are live values of at that time
 * @param forecasts the newest forecasts; empty where none were asked for
 * @param feeds how its feeds are doing
 */
record ZoneIntensity(
        String zone,
        String name,
        List<String> around,
        String series,
        String method,
        boolean isLedgers,
        boolean isConnected,
        Instant now,
        Instant from,
        Instant to,
        Optional<GridIntensity> current,
        List<Ranked> annual,
        List<GridIntensity> live,
        SortedSet<String> otherSeries,
        List<GridForecast> forecasts,
        Collection<FeedState> feeds) {

    static Instant end(GridIntensity value) {
        return value.getSlotStart().plusMillis(value.getSlotLengthMillis());
    }

    /** The better of the values that hold now, as the ledger chooses. */
    static Optional<GridIntensity> current(List<GridIntensity> live, Instant now) {
        return live.stream()
                .filter(value ->
                        !value.getSlotStart().isAfter(now) && end(value).isAfter(now))
                .min(GridTopics.BETTER_FIRST);
    }
}
