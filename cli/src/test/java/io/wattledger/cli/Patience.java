package io.wattledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what takes seconds, so long that a busy machine is not taken for a failure. */
public final class Patience {
    public static final Duration LONGEST = Duration.ofMinutes(3);

    private Patience() {}

    /** Looks again and again until the condition holds. */
    public static void until(BooleanSupplier condition) {
        until(condition, () -> "nothing more is known");
    }

    /**
     * The same with more to tell when it does not.
     *
     * @param seen what there is to see at that time
     */
    public static void until(BooleanSupplier condition, Supplier<String> seen) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as(() -> "waited " + LONGEST + "; " + seen.get())
                    .isNegative();
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
