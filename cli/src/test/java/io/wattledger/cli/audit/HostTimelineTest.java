package io.wattledger.cli.audit;

import static io.wattledger.cli.audit.HostTimeline.Verdict.COUNTS;
import static io.wattledger.cli.audit.HostTimeline.Verdict.DOUBLED;
import static io.wattledger.cli.audit.HostTimeline.Verdict.OVERLAPS;
import static io.wattledger.cli.audit.Records.SLOT;
import static io.wattledger.cli.audit.Records.sample;
import static io.wattledger.cli.audit.Records.samples;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.Sample;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HostTimelineTest {
    private final HostTimeline timeline = new HostTimeline();

    private HostTimeline.Verdict add(String session, Sample sample) {
        return timeline.add(samples(session, sample), sample);
    }

    @Test
    void countsASampleOnce() {
        assertThat(add("s", sample(1, 5))).isEqualTo(COUNTS);
        assertThat(add("s", sample(2, 5))).isEqualTo(COUNTS);
        assertThat(add("s", sample(1, 5))).isEqualTo(DOUBLED);
        assertThat(add("s", sample(2, 5))).isEqualTo(DOUBLED);
    }

    @Test
    void makesOneSpanOfSamplesInAnyOrder() {
        var random = new Random(20260301);
        var samples =
                LongStream.rangeClosed(1, 50).mapToObj(seq -> sample(seq, 5)).toArray(Sample[]::new);
        Collections.shuffle(Arrays.asList(samples), random);
        for (var sample : samples) {
            assertThat(add("s", sample)).isEqualTo(COUNTS);
            assertThat(add("s", sample)).isEqualTo(DOUBLED);
        }
        assertThat(timeline.spans()).singleElement().satisfies(span -> {
            assertThat(span.first.getSeq()).isEqualTo(1);
            assertThat(span.last().getSeq()).isEqualTo(50);
        });
        assertThat(timeline.covers("s", 1, 50)).isTrue();
        assertThat(timeline.covers("s", 1, 51)).isFalse();
        assertThat(timeline.covers("another", 1, 1)).isFalse();
    }

    @Test
    void refusesTimeThatAnotherSessionHasToldOf() {
        add("first", sample(1, SLOT, 5));
        assertThat(add("second", sample(1, SLOT.plusSeconds(5), 5))).isEqualTo(OVERLAPS);
        assertThat(add("second", sample(2, SLOT.plusSeconds(10), 5))).isEqualTo(COUNTS);
        assertThat(add("first", sample(2, SLOT.plusSeconds(10), 5))).isEqualTo(OVERLAPS);
        assertThat(add("first", sample(3, SLOT.plusSeconds(20), 5))).isEqualTo(COUNTS);
    }

    @Test
    void leavesHolesBetweenSpans() {
        add("s", sample(1, 5));
        add("s", sample(3, 5));
        assertThat(Hole.between(timeline.spans())).singleElement().satisfies(hole -> {
            assertThat(hole.start()).isEqualTo(SLOT.plusSeconds(10).toEpochMilli());
            assertThat(hole.end()).isEqualTo(SLOT.plusSeconds(20).toEpochMilli());
        });
        add("s", sample(2, 5));
        assertThat(Hole.between(timeline.spans())).isEmpty();
    }
}
