package io.wattledger.accounting.counter;

import java.util.OptionalLong;

/**
 * What a counter proves about a hole between samples: its progress from the end of the last sample before the hole to the
 * end of the first sample after it, less what that sample has told.
 *
 * @param beforeMicrojoules the counter at the end of the last sample before the hole
 * @param afterMicrojoules the counter at the end of the first sample after the hole
 * @param rangeMicrojoules the value at which it wraps to 0; 0 when it does not wrap
 * @param toldMillijoules energy of the first sample after the hole
 * @param millis time between these two reads of the counter
 * @param greatestMilliwatts the greater power of the two samples beside the hole
 */
public record MissingEnergy(
        long beforeMicrojoules,
        long afterMicrojoules,
        long rangeMicrojoules,
        long toldMillijoules,
        long millis,
        long greatestMilliwatts) {

    /**
     * The missing energy in millijoules; empty where it cannot be proven. It is proven when the counter has gone on by
     * less than half its range, and at twice the power beside the hole could not have come round once; a counter that
     * does not wrap proves all it has gone on.
     */
    public OptionalLong millijoules() {
        long progress = afterMicrojoules - beforeMicrojoules;
        long wrapped = 0;
        if (progress < 0) {
            wrapped = rangeMicrojoules;
            progress += rangeMicrojoules;
        }
        if (progress < 0 || (rangeMicrojoules > 0 && (progress >= rangeMicrojoules / 2 || mayHaveComeRound()))) {
            return OptionalLong.empty();
        }
        long told = (afterMicrojoules + wrapped) / 1000 - beforeMicrojoules / 1000;
        return OptionalLong.of(Math.max(0, told - toldMillijoules));
    }

    private boolean mayHaveComeRound() {
        return Math.multiplyHigh(2 * greatestMilliwatts, millis) != 0
                || 2 * greatestMilliwatts * millis >= rangeMicrojoules
                || 2 * greatestMilliwatts * millis < 0;
    }
}
