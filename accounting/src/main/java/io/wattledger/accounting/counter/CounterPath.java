package io.wattledger.accounting.counter;

import io.wattledger.accounting.quantity.Rounding;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Where a counter stood between two reads, taken to have gone on evenly. The parts of the way add up to the whole.
 *
 * @param from its value at the first read
 * @param to its value at the second read
 * @param time between them, above 0
 */
public record CounterPath(long from, long to, Duration time) {

    /** Its value so long after the first read; that of the second from then on, and at once when it has started again. */
    public long after(Duration elapsed) {
        if (to < from || elapsed.compareTo(time) >= 0) {
            return to;
        }
        long part = Rounding.mulDiv(to - from, Math.max(0, elapsed.toNanos()), time.toNanos(), RoundingMode.FLOOR);
        return from + part;
    }
}
