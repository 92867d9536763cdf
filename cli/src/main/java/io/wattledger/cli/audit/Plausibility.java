package io.wattledger.cli.audit;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;
import java.time.Duration;
import java.time.Instant;

/**
 * Which records are taken for possible; the ledger sends others to the dead letters, so nothing follows from them.
 *
 * @param devicePower the highest power of one device
 * @param earliest samples from before this are refused
 * @param future a sample may end this long after it was written to its topic
 * @param longest a sample may be this long
 * @param mostMicrogramsPerKwh the highest carbon intensity
 */
record Plausibility(Power devicePower, Instant earliest, Duration future, Duration longest, long mostMicrogramsPerKwh) {

    /** A record is refused as a whole when one of its samples cannot be right. */
    boolean allows(PowerSamples record, Instant written) {
        return record.getPueThousandths() >= 1000
                && isSlotLength(record.getSlotLengthMillis())
                && record.getSamples().stream().allMatch(sample -> allows(sample, written));
    }

    private static boolean isSlotLength(long millis) {
        return millis == 0 || millis == 300_000 || millis == 900_000 || millis == 1_800_000 || millis == 3_600_000;
    }

    private boolean allows(Sample sample, Instant written) {
        var start = sample.getStart();
        var end = sample.getEnd();
        if (sample.getSeq() < 1
                || !end.isAfter(start)
                || start.isBefore(earliest)
                || end.isAfter(written.plus(future))
                || Duration.between(start, end).compareTo(longest) > 0) {
            return false;
        }
        long most = devicePower.over(Duration.between(start, end)).millijoules();
        return sample.getReadings().stream()
                        .allMatch(reading -> reading.getEnergyMillijoules() >= 0
                                && reading.getEnergyMillijoules() <= most
                                && reading.getBandMillijoules() >= 0)
                && sample.getUsage().stream()
                        .allMatch(usage -> usage.getCpuTimeNanos() >= 0 && usage.getMemoryBytes() >= 0);
    }

    boolean allows(long microgramsPerKwh) {
        return microgramsPerKwh >= 0 && microgramsPerKwh <= mostMicrogramsPerKwh;
    }

    /** Corrections go from one border of the installation's slots to another. */
    static boolean allows(HostCorrection correction, long slotMillis) {
        var pue = correction.getPueThousandths();
        return correction.getFrom().isBefore(correction.getTo())
                && correction.getFrom().toEpochMilli() % slotMillis == 0
                && correction.getTo().toEpochMilli() % slotMillis == 0
                && (pue == null || pue >= 1000)
                && (pue != null || correction.getZone() != null || correction.getContract() != null);
    }
}
