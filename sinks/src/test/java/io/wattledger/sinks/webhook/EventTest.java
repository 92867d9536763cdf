package io.wattledger.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.RunStatus;
import org.junit.jupiter.api.Test;

class EventTest {
    @Test
    void saysWhatHasHappened() {
        assertThat(Samples.event(Samples.run("r1", 0).setStatus(RunStatus.RUNNING))
                        .type())
                .isEqualTo("io.wattledger.run.running");
        assertThat(Samples.event(Samples.run("r1", 1)).type()).isEqualTo("io.wattledger.run.finished");
        assertThat(Samples.event(Samples.run("r1", 1).setStatus(RunStatus.LOST)).type())
                .isEqualTo("io.wattledger.run.lost");
        assertThat(Samples.event(Samples.run("r1", 2)).type()).isEqualTo("io.wattledger.run.restated");
        assertThat(Samples.event(Samples.row(0).build()).type()).isEqualTo("io.wattledger.row.updated");
        assertThat(Samples.event(Samples.revision(1).build()).type()).isEqualTo("io.wattledger.row.closed");
        assertThat(Samples.event(Samples.revision(2).build()).type()).isEqualTo("io.wattledger.row.restated");
        assertThat(Samples.event(Samples.day()).type()).isEqualTo("io.wattledger.day.updated");
        assertThat(Samples.event(Samples.hour()).type()).isEqualTo("io.wattledger.hour.updated");
    }

    @Test
    void hasTheSameIdForTheSameVersionAlone() {
        var first = Samples.event(Samples.run("r1", 1));

        assertThat(first.id()).isEqualTo("RunEmissions/r1/1/2026-03-01T10:00:15Z");
        assertThat(Samples.event(Samples.run("r1", 1)).id()).isEqualTo(first.id());
        assertThat(Samples.event(Samples.run("r1", 2)).id()).isNotEqualTo(first.id());
        assertThat(Samples.event(Samples.run("r1", 1).setKnownAt(Samples.KNOWN.plusMillis(1)))
                        .id())
                .isNotEqualTo(first.id());
        assertThat(Samples.event(Samples.row(1).build()).id())
                .as("a row and its revision are two records")
                .isNotEqualTo(Samples.event(Samples.revision(1).build()).id());
    }

    @Test
    void knowsCorrections() {
        assertThat(Samples.event(Samples.run("r1", 1)).isCorrection()).isFalse();
        assertThat(Samples.event(Samples.run("r1", 2)).isCorrection()).isTrue();
        assertThat(Samples.event(Samples.row(1).build()).isCorrection()).isFalse();
        assertThat(Samples.event(Samples.row(3).build()).isCorrection()).isTrue();
        assertThat(Samples.event(Samples.revision(1).build()).isCorrection()).isFalse();
        assertThat(Samples.event(Samples.revision(2).build()).isCorrection()).isTrue();
    }
}
