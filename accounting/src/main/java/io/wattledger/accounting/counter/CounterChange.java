package io.wattledger.accounting.counter;

import io.wattledger.accounting.quantity.Energy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a read of a counter says about the energy since the read before it. */
public sealed interface CounterChange {

    /** The counter as it stands now, to be handed in with the next read. */
    CounterTrack track();

    /** The energy since the last read; empty where it is not known, which is not the same as 0. */
    default Optional<Energy> energy() {
        return Optional.empty();
    }

    /** There was no read before. */
    record First(CounterTrack track) implements CounterChange {}

    /** The counter has gone on, or stood still. */
    record Normal(CounterTrack track, Energy used) implements CounterChange {
        @Override
        public Optional<Energy> energy() {
            return Optional.of(used);
        }
    }

    /** The counter passed its range once and went on from 0. */
    record Wrapped(CounterTrack track, Energy used) implements CounterChange {
        @Override
        public Optional<Energy> energy() {
            return Optional.of(used);
        }
    }

    /**
     * Two read at once, and the one that is stamped later was the first to look. The counter stands where the other has seen
     * it; otherwise what lies between both would count twice.
     */
    record Overtaken(CounterTrack track) implements CounterChange {
        @Override
        public Optional<Energy> energy() {
            return Optional.of(Energy.ZERO);
        }
    }

    /** The counter started again: another boot, a driver loaded anew, or a fall that no wrap explains. */
    record Reset(CounterTrack track) implements CounterChange {}

    /**
     * The counter rose by more than the device can have used.
     *
     * @param microjoules by how much it rose
     * @param mostMicrojoules what would have been plausible
     */
    record Implausible(CounterTrack track, long microjoules, long mostMicrojoules) implements CounterChange {}

    /** So much time passed that the counter may have wrapped unseen. */
    record TooLate(CounterTrack track) implements CounterChange {}

    /** Judges a read; {@code before} is null when there was none. */
    static CounterChange of(@Nullable CounterTrack before, CounterRead read) {
        long raw = read.rawMicrojoules();
        long range = read.rangeMicrojoules();
        var anew = CounterTrack.startingAt(raw);
        if (before == null) {
            return new First(anew);
        }
        if (read.restarted()) {
            return new Reset(anew);
        }
        if (read.mayBeOvertakenBy(before)) {
            return new Overtaken(before);
        }
        long most = read.mostMicrojoules();
        if (range > 0 && most >= range) {
            return new TooLate(anew);
        }
        long rise = raw - before.rawMicrojoules();
        if (rise >= 0) {
            return rise <= most ? normal(before, raw, rise) : new Implausible(anew, rise, most);
        }
        long beyondRange = rise + range;
        boolean wrapped = range > 0 && before.rawMicrojoules() <= range && beyondRange >= 0 && beyondRange <= most;
        return wrapped ? wrapped(before, raw, beyondRange) : new Reset(anew);
    }

    private static CounterChange normal(CounterTrack before, long raw, long delta) {
        var track = before.advancedTo(raw, delta);
        return new Normal(track, track.since(before));
    }

    private static CounterChange wrapped(CounterTrack before, long raw, long delta) {
        var track = before.advancedTo(raw, delta);
        return new Wrapped(track, track.since(before));
    }
}
