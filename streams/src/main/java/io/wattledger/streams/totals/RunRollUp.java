package io.wattledger.streams.totals;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.RunTotal;
import io.wattledger.streams.state.StateSerde;
import io.wattledger.streams.state.WriteBehindStore;
import java.time.InstantSource;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The step that adds up changes of runs, with its stores. In: {@link RunDelta} by run. Out: {@link RunEmissions} by run.
 *
 * @param clock the wall clock of this machine, for stamps
 */
public record RunRollUp(TotalsSettings settings, InstantSource clock)
        implements ProcessorSupplier<String, RunDelta, String, RunEmissions> {
    @Override
    public Processor<String, RunDelta, String, RunEmissions> get() {
        return new RunTotalsProcessor(settings, clock);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                WriteBehindStore.builder(
                        TotalStores.RUN_TOTALS, Serdes.String(), new StateSerde<RunTotal>(RunTotal.getClassSchema())),
                HistoryStores.of(
                        TotalStores.RUN_VERSIONS,
                        Serdes.Bytes(),
                        new StateSerde<RunEmissions>(RunEmissions.getClassSchema())),
                HistoryStores.of(
                        TotalStores.RUN_CHANGES,
                        Serdes.Bytes(),
                        new StateSerde<EmissionRevision>(EmissionRevision.getClassSchema())),
                HistoryStores.of(TotalStores.SEALED_RUNS, Serdes.String(), Serdes.Long()));
    }
}
