package io.wattledger.cli.audit;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostCorrection;
import org.jspecify.annotations.Nullable;

/**
 * A row and how it comes about.
 *
 * @param chain what it is made of; says nothing where the samples are gone
 * @param derived the row as it follows from that
 * @param ledger the row as the ledger has it; null when it has none
 * @param zone the correction that its zone is from, or null
 * @param pue the correction that its PUE is from, or null
 */
record Explained(
        RowKey key,
        Trace.Chain chain,
        EmissionRow derived,
        @Nullable EmissionRow ledger,
        @Nullable HostCorrection zone,
        @Nullable HostCorrection pue) {}
