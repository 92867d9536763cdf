package io.wattledger.streams.totals;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.state.DailyDelta;
import io.wattledger.schemas.state.DailyTotal;
import io.wattledger.streams.state.StateSerde;
import io.wattledger.streams.state.WriteBehindStore;
import java.time.InstantSource;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The step that adds up changes of days, with its stores. In: {@link DailyDelta}, out: {@link DailyEmissions}, both by day,
 * project and zone.
 *
 * @param clock the wall clock of this machine, for stamps
 */
public record DailyRollUp(TotalsSettings settings, InstantSource clock)
        implements ProcessorSupplier<String, DailyDelta, String, DailyEmissions> {
    @Override
    public Processor<String, DailyDelta, String, DailyEmissions> get() {
        return new DailyTotalsProcessor(settings, clock);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                WriteBehindStore.builder(
                        TotalStores.DAILY_TOTALS,
                        Serdes.String(),
                        new StateSerde<DailyTotal>(DailyTotal.getClassSchema())),
                HistoryStores.of(
                        TotalStores.DAILY_VERSIONS,
                        Serdes.Bytes(),
                        new StateSerde<DailyEmissions>(DailyEmissions.getClassSchema())));
    }
}
