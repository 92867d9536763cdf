package io.wattledger.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person what they wait for: nothing within the first second, then a line that says what goes on, and another
 * when it is done.
 */
public final class Waiting {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PrintWriter out;
    private final String doing;
    private final long began = System.nanoTime();
    private boolean told;

    /**
     * @param doing what goes on, such as "Starting the embedded stack"
     */
    public Waiting(PrintWriter out, String doing) {
        this.out = out;
        this.doing = doing;
    }

    /** Call often while it lasts. */
    public void goesOn() {
        if (!told && elapsed().compareTo(PATIENCE) >= 0) {
            told = true;
            say(doing + " …");
        }
    }

    /** Call when it has come to its end. */
    public void done(@Nullable String outcome) {
        if (told && outcome != null) {
            say("%s after %.1f s".formatted(outcome, elapsed().toMillis() / 1000.0));
        }
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
