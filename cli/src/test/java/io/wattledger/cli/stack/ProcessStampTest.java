package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStampTest {
    @Test
    void knowsItsOwnProcess() {
        assertThat(ProcessStamp.own().isAlive()).isTrue();
        assertThat(ProcessStamp.own())
                .isEqualTo(ProcessStamp.of(ProcessHandle.current().pid()));
    }

    @Test
    void aProcessThatHasEndedIsNotAlive() throws Exception {
        var process = new ProcessBuilder("/bin/sh", "-c", "read x").start();
        var stamp = ProcessStamp.of(process.pid());
        assertThat(stamp.isAlive()).isTrue();
        process.destroyForcibly().waitFor();
        assertThat(stamp.isAlive()).isFalse();
    }

    @Test
    void aProcessThatWasNeverSeenIsNotAlive() {
        assertThat(new ProcessStamp(ProcessHandle.current().pid(), "").isAlive())
                .isFalse();
    }
}
