package io.wattledger.cli.run;

import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.collector.control.CollectorClient;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a run waits for the ledger: a minute, or less when the collector has been in trouble for a while. */
final class LedgerPatience {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration IN_TROUBLE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final DataDirectory directory;
    private final Waiting waiting;
    private Duration asked = Duration.ZERO;
    private @Nullable Duration troubleSince;
    private @Nullable String trouble;

    LedgerPatience(DataDirectory directory, Waiting waiting) {
        this.directory = directory;
        this.waiting = waiting;
    }

    boolean lasts() {
        waiting.goesOn();
        var now = waiting.elapsed();
        if (now.minus(asked).compareTo(BETWEEN_QUESTIONS) > 0) {
            asked = now;
            trouble = trouble();
            if (trouble == null) {
                troubleSince = null;
            } else if (troubleSince == null) {
                troubleSince = now;
            }
        }
        boolean inTrouble = troubleSince != null && now.minus(troubleSince).compareTo(IN_TROUBLE) > 0;
        return !inTrouble && now.compareTo(LONGEST) < 0;
    }

    /** How long it was and what the collector says, to end a sentence with. */
    String reason() {
        return " within " + waiting.elapsed().toSeconds() + " s"
                + (trouble == null ? "" : "; the collector says: " + trouble);
    }

    private @Nullable String trouble() {
        var connected = CollectorClient.connect(directory.collector());
        if (connected.isEmpty()) {
            return null;
        }
        try (var collector = connected.get()) {
            return collector.status(ANSWER).trouble();
        } catch (IOException e) {
            // It has sent everything and ended while we asked.
            return null;
        }
    }
}
