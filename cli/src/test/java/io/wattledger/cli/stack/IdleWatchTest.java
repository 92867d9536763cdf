package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleWatchTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    private DataDirectory directory;
    private Instant now = Instant.now().minusSeconds(60);
    private IdleWatch watch;

    @BeforeEach
    void begin() {
        directory = DataDirectory.at(folder).prepare();
        watch = new IdleWatch(directory, HALF_AN_HOUR, () -> now);
    }

    @Test
    void endsWhenNobodyCameInTime() {
        now = now.plus(HALF_AN_HOUR).minusMillis(1);
        assertThat(watch.isOver()).isFalse();
        now = now.plusMillis(1);
        assertThat(watch.isOver()).isTrue();
    }

    @Test
    void countsFromTheLastUse() {
        directory.touchLastUse();
        var used = directory.lastUse();
        now = used.plus(HALF_AN_HOUR).minusMillis(1);
        assertThat(watch.isOver()).isFalse();
        now = now.plusMillis(1);
        assertThat(watch.isOver()).isTrue();
    }

    @Test
    void neverEndsOnceSomebodyAskedForTheStackToStay() throws IOException {
        Files.createFile(directory.stay());
        now = now.plus(Duration.ofDays(7));
        assertThat(watch.isOver()).isFalse();
    }
}
