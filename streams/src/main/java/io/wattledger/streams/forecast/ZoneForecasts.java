package io.wattledger.streams.forecast;

import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The step that makes forecasts, with its store. In: intensities, null where one is withdrawn, all of a series and zone in
 * one partition. Out: {@link GridForecast} by series and zone.
 *
 * @param clock the wall clock of this machine
 */
public record ZoneForecasts(ForecastSettings settings, InstantSource clock)
        implements ProcessorSupplier<GridIntensityKey, GridIntensity, String, GridForecast> {
    /** Recorded data that are run through the ledger have series of their own; nothing is to be scheduled by them. */
    private static final String REPLAYS = "replay/";

    /** All of one series and zone to the same partition. */
    public static final StreamPartitioner<GridIntensityKey, GridIntensity> BY_SIGNAL = new BySignal();

    private static final class BySignal implements StreamPartitioner<GridIntensityKey, GridIntensity> {
        @Override
        public Optional<Set<Integer>> partitions(
                String topic, GridIntensityKey key, GridIntensity value, int partitions) {
            var signal = Utils.utf8(key.getSeries() + "/" + key.getZone());
            return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(signal)) % partitions));
        }
    }

    /** Whether a forecast could depend on that value; others need not be sent on. */
    public boolean isNeeded(GridIntensityKey key) {
        return !key.getSeries().startsWith(REPLAYS) && RecentIntensities.isRecent(key.getSlotStart(), clock.instant());
    }

    @Override
    public Processor<GridIntensityKey, GridIntensity, String, GridForecast> get() {
        return new ForecastProcessor(settings, clock);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(RecentIntensities.builder());
    }
}
