package io.wattledger.streams.ledger;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.schemas.record.HostCorrection;

/** Refuses corrections that cannot be applied. */
final class CorrectionCheck {
    private CorrectionCheck() {}

    static void check(HostCorrection correction, SlotLength slots) throws RefusedException {
        long from = correction.getFrom().toEpochMilli();
        long to = correction.getTo().toEpochMilli();
        if (from >= to) {
            throw refused(correction, "its end is not after its start");
        }
        if (slots.startOf(from) != from || slots.startOf(to) != to) {
            throw refused(
                    correction, "it does not start and end with slots of " + slots.millis() / 60_000 + " minutes");
        }
        var pue = correction.getPueThousandths();
        if (pue != null && pue < 1000) {
            throw refused(correction, "its PUE is below 1: " + pue + " thousandths");
        }
        if (pue == null && correction.getZone() == null && correction.getContract() == null) {
            throw refused(correction, "it has neither a zone nor a PUE nor a contract");
        }
    }

    private static RefusedException refused(HostCorrection correction, String reason) {
        return new RefusedException("Correction of host " + correction.getHost() + " from " + correction.getFrom()
                + " to " + correction.getTo() + " is refused: " + reason);
    }
}
