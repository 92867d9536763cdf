package io.wattledger.testkit;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a property over random cases. A failure names the seed; {@code -Dseed=N} runs that one case again. */
public final class Cases {
    private Cases() {}

    /** Runs the property on {@code count} cases with seeds 1, 2, 3 …, or only on {@code -Dseed}. */
    public static void check(int count, Consumer<Random> property) {
        var only = Long.getLong("seed");
        if (only != null) {
            property.accept(new Random(only));
            return;
        }
        for (long seed = 1; seed <= count; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Failed with seed " + seed + " (run it alone with -Dseed=" + seed + ")", e);
            }
        }
    }
}
