package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;

/** Refuses samples that cannot be right, before anything of them is accounted. */
final class SampleCheck {
    private SampleCheck() {}

    static void check(PowerSamples host, Sample sample) throws RefusedException {
        if (sample.getSeq() < 1) {
            throw refused(host, sample, "its number is below 1");
        }
        if (!sample.getEnd().isAfter(sample.getStart())) {
            throw refused(host, sample, "it ends at " + sample.getEnd() + ", not after its start " + sample.getStart());
        }
        if (host.getPueThousandths() < 1000) {
            throw refused(host, sample, "its PUE is below 1: " + host.getPueThousandths() + " thousandths");
        }
        for (var reading : sample.getReadings()) {
            if (reading.getEnergyMillijoules() < 0 || reading.getBandMillijoules() < 0) {
                throw refused(
                        host,
                        sample,
                        "device " + reading.getDevice() + " has " + reading.getEnergyMillijoules() + " ± "
                                + reading.getBandMillijoules() + " mJ; energy and band are never negative");
            }
        }
        for (var usage : sample.getUsage()) {
            if (usage.getCpuTimeNanos() < 0 || usage.getMemoryBytes() < 0) {
                throw refused(host, sample, "run " + usage.getRun() + " has a use below 0");
            }
        }
    }

    private static RefusedException refused(PowerSamples host, Sample sample, String reason) {
        return new RefusedException("Sample " + sample.getSeq() + " of session " + host.getSession() + " of host "
                + host.getHost() + " is refused: " + reason);
    }
}
