package io.wattledger.streams.totals;

import io.wattledger.schemas.record.DailyEmissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Days as they were known at a time: the stores of one instance, read.
 *
 * @param versions stores {@link TotalStores#DAILY_VERSIONS}, one per partition
 */
public record DayHistory(List<ReadOnlyKeyValueStore<Bytes, DailyEmissions>> versions) {
    /** The order of reports: the newest day first, then by project and zone. */
    public static final Comparator<DailyEmissions> NEWEST_FIRST = Comparator.comparing(DailyEmissions::getDay)
            .reversed()
            .thenComparing(DailyEmissions::getProject)
            .thenComparing(DailyEmissions::getZone);

    /** What was known at {@code asOf} of the days from {@code from} to {@code to}, both included, the newest first. */
    public List<DailyEmissions> days(LocalDate from, LocalDate to, Instant asOf, Predicate<DailyEmissions> wanted) {
        return versions.stream()
                .flatMap(store ->
                        Versions.allAsOf(store, to + Day.BEHIND, from.toString(), asOf, wanted, Integer.MAX_VALUE)
                                .stream())
                .sorted(NEWEST_FIRST)
                .toList();
    }
}
