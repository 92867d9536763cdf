package io.wattledger.cli.audit;

import io.wattledger.accounting.division.SlotLength;

/**
 * What the streams application was set to.
 *
 * @param slots the accounting interval
 * @param series the intensity series that the ledger uses
 * @param seriesMethod how that series is made
 * @param limits what is taken for possible
 */
record AuditSettings(SlotLength slots, String series, String seriesMethod, Plausibility limits) {}
