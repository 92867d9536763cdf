package io.wattledger.accounting.idle;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.accounting.quantity.Rounding;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The idle power of a device, learnt: the least mean power over a minute in the last seven days with samples. A machine that
 * has had no quiet minute in that time seems to idle higher than it would; a shorter window would take the dips between two
 * bursts of work for idleness. Not thread-safe.
 */
public final class IdleBaseline {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** A window that could not be filled in this time is begun anew: too much of it is not known. */
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(2);

    private static final int DAYS = 7;

    private final TreeMap<Long, Long> leastMilliwattsByDay;
    private Duration begun = Duration.ZERO;
    private Duration measured = Duration.ZERO;
    private long millijoules;

    /** Begins with nothing known. */
    public IdleBaseline() {
        this(Map.of());
    }

    /**
     * Goes on with what was known.
     *
     * @param leastMilliwattsByDay the least power by day since the epoch, as {@link #leastMilliwattsByDay()} told it
     */
    public IdleBaseline(Map<Long, Long> leastMilliwattsByDay) {
        this.leastMilliwattsByDay = new TreeMap<>(leastMilliwattsByDay);
    }

    /**
     * Takes in an interval.
     *
     * @param end its end, since the epoch
     * @param time its length
     * @param energyMillijoules energy of the device in it, without that of devices inside it
     * @return whether the baseline may have changed
     */
    public boolean add(Duration end, Duration time, long energyMillijoules) {
        if (measured.isZero() || end.minus(begun).compareTo(LONGEST_WINDOW) > 0 || end.compareTo(begun) < 0) {
            begun = end.minus(time);
            measured = Duration.ZERO;
            millijoules = 0;
        }
        measured = measured.plus(time);
        millijoules = Math.addExact(millijoules, energyMillijoules);
        if (measured.compareTo(WINDOW) < 0) {
            return false;
        }
        leastMilliwattsByDay.merge(end.toDays(), meanMilliwatts(), Math::min);
        while (leastMilliwattsByDay.size() > DAYS) {
            leastMilliwattsByDay.pollFirstEntry();
        }
        measured = Duration.ZERO;
        return true;
    }

    private long meanMilliwatts() {
        return Rounding.mulDiv(millijoules, 1_000_000_000L, measured.toNanos(), RoundingMode.HALF_EVEN);
    }

    /** The baseline; empty before the first full minute. */
    public Optional<Power> power() {
        return leastMilliwattsByDay.values().stream().min(Long::compare).map(Power::new);
    }

    /** What is to be kept: the least mean power over a minute in milliwatts, by day since the epoch. */
    public Map<Long, Long> leastMilliwattsByDay() {
        return Map.copyOf(leastMilliwattsByDay);
    }
}
