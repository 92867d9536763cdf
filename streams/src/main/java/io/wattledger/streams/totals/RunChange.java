package io.wattledger.streams.totals;

import io.wattledger.schemas.record.EmissionRevision;
import java.time.Instant;

/**
 * A closed row of a run that was written again.
 *
 * @param knownAt stamp of the first version of the run's total that has the change in it
 */
public record RunChange(Instant knownAt, EmissionRevision revision) {}
