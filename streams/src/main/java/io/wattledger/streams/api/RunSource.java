package io.wattledger.streams.api;

import io.wattledger.schemas.record.RunEmissions;
import java.util.List;
import java.util.Optional;

/** Where the API finds the totals of runs. */
public interface RunSource {
    /** One run; empty when the ledger has none of that id. */
    Optional<RunEmissions> run(String id);

    /** All runs, in no particular order. */
    List<RunEmissions> runs();

    /** Whether the totals can be asked now. */
    boolean isReady();
}
