package io.wattledger.cli.stack;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Decides when a stack that was started for a run has been without use for long enough. */
final class IdleWatch {
    private final DataDirectory directory;
    private final Duration idleTime;
    private final InstantSource clock;
    private final Instant began;

    IdleWatch(DataDirectory directory, Duration idleTime, InstantSource clock) {
        this.directory = directory;
        this.idleTime = idleTime;
        this.clock = clock;
        this.began = clock.instant();
    }

    /** Whether it is time to stop; never when somebody asked for the stack to stay. */
    boolean isOver() {
        var lastUse = directory.lastUse();
        var since = lastUse.isAfter(began) ? lastUse : began;
        return !Files.exists(directory.stay()) && !clock.instant().isBefore(since.plus(idleTime));
    }

    /** How long to wait before asking again. */
    Duration pause() {
        var tenth = idleTime.dividedBy(10);
        var longest = Duration.ofSeconds(10);
        return tenth.compareTo(longest) < 0 ? tenth : longest;
    }
}
