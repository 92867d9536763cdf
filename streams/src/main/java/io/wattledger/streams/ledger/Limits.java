package io.wattledger.streams.ledger;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is taken for possible; anything beyond is refused, as it is more likely a fault than a fact.
 *
 * @param hostPower the highest power of one device of a host
 * @param earliest samples from before this are refused
 * @param future samples may end this long after the clock of the accounting step
 * @param longestSample a sample may be this long
 * @param intensityMicrogramsPerKwh the highest carbon intensity
 */
public record Limits(
        Power hostPower, Instant earliest, Duration future, Duration longestSample, long intensityMicrogramsPerKwh) {

    public static final Limits DEFAULTS = new Limits(
            new Power(1_000_000_000L),
            Instant.parse("2000-01-01T00:00:00Z"),
            Duration.ofDays(1),
            Duration.ofDays(31),
            3_000_000_000L);

    /** Looks at a sample before anything of it is accounted. */
    void check(PowerSamples host, Sample sample, Instant now) throws RefusedException {
        if (sample.getSeq() < 1) {
            throw refused(host, sample, "its number is below 1");
        }
        checkTime(host, sample, now);
        if (host.getPueThousandths() < 1000) {
            throw refused(host, sample, "its PUE is below 1: " + host.getPueThousandths() + " thousandths");
        }
        long most = hostPower
                .over(Duration.between(sample.getStart(), sample.getEnd()))
                .millijoules();
        for (var reading : sample.getReadings()) {
            long energy = reading.getEnergyMillijoules();
            if (energy < 0 || reading.getBandMillijoules() < 0) {
                throw refused(
                        host,
                        sample,
                        "device " + reading.getDevice() + " has " + energy + " ± " + reading.getBandMillijoules()
                                + " mJ; energy and band are never negative");
            }
            if (energy > most) {
                throw refused(
                        host,
                        sample,
                        "device " + reading.getDevice() + " has " + energy + " mJ in "
                                + Duration.between(sample.getStart(), sample.getEnd()) + ", more than the "
                                + hostPower.milliwatts() / 1000 + " W that are taken for possible");
            }
        }
        for (var usage : sample.getUsage()) {
            if (usage.getCpuTimeNanos() < 0 || usage.getMemoryBytes() < 0) {
                throw refused(host, sample, "run " + usage.getRun() + " has a use below 0");
            }
        }
    }

    private void checkTime(PowerSamples host, Sample sample, Instant now) throws RefusedException {
        var start = sample.getStart();
        var end = sample.getEnd();
        if (!end.isAfter(start)) {
            throw refused(host, sample, "it ends at " + end + ", not after its start " + start);
        }
        if (start.isBefore(earliest)) {
            throw refused(host, sample, "it starts at " + start + ", before " + earliest + ", the earliest allowed");
        }
        if (end.isAfter(now.plus(future))) {
            throw refused(host, sample, "it ends at " + end + ", more than " + future + " from now");
        }
        if (Duration.between(start, end).compareTo(longestSample) > 0) {
            throw refused(
                    host, sample, "it is " + Duration.between(start, end) + " long, longer than " + longestSample);
        }
    }

    private static RefusedException refused(PowerSamples host, Sample sample, String reason) {
        return new RefusedException("Sample " + sample.getSeq() + " of session " + host.getSession() + " of host "
                + host.getHost() + " is refused: " + reason);
    }

    /** Looks at a carbon intensity; {@code slot} is null for annual ones. */
    void checkIntensity(long microgramsPerKwh, String zone, @Nullable Instant slot) throws RefusedException {
        if (microgramsPerKwh < 0) {
            throw new RefusedException("Carbon intensity below 0: " + microgramsPerKwh + " µg/kWh for zone " + zone
                    + (slot == null ? "" : " at " + slot));
        }
        if (microgramsPerKwh > intensityMicrogramsPerKwh) {
            throw new RefusedException("Carbon intensity of " + microgramsPerKwh + " µg/kWh for zone " + zone
                    + (slot == null ? "" : " at " + slot) + " is above the " + intensityMicrogramsPerKwh
                    + " µg/kWh that are taken for possible");
        }
    }
}
