package io.wattledger.accounting.counter;

import io.wattledger.accounting.quantity.Power;
import java.time.Duration;

/**
 * One read of a counter and what must be known to judge it.
 *
 * @param rawMicrojoules the value read
 * @param rangeMicrojoules the value at which it wraps to 0; 0 when it does not wrap
 * @param limit the highest plausible power of the device
 * @param sinceLast time since the last successful read, by a monotonic clock
 * @param restarted true when the counter is known to have started again, as after a reboot
 */
public record CounterRead(
        long rawMicrojoules, long rangeMicrojoules, Power limit, Duration sinceLast, boolean restarted) {

    /**
     * Counters are refreshed about every millisecond with jitter, and some only when the package wakes; this much time
     * is granted on top before an increase counts as implausible.
     */
    private static final Duration JITTER = Duration.ofMillis(100);

    /** Two that read at once need no longer than this from the look at the counter to their time stamp. */
    private static final Duration OVERLAP = Duration.ofMillis(50);

    /** More than this cannot have passed since the last read, in microjoules. */
    long mostMicrojoules() {
        return mostMicrojoules(sinceLast.plus(JITTER));
    }

    /** Whether the read before, though stamped earlier, may have been the later look at a counter that never falls. */
    boolean mayBeOvertakenBy(CounterTrack before) {
        long behind = before.rawMicrojoules() - rawMicrojoules;
        return behind > 0 && sinceLast.compareTo(OVERLAP) <= 0 && behind <= mostMicrojoules(OVERLAP);
    }

    private long mostMicrojoules(Duration time) {
        try {
            return Math.multiplyExact(limit.over(time).millijoules(), 1000L);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
