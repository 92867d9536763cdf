package io.wattledger.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class SampleRecordsTest {
    @Test
    void neighboursOfOneSessionTakeOneRecord() {
        var joined = SampleRecords.joined(List.of(samples("a", 1), samples("a", 2), samples("a", 3), samples("b", 1)));
        assertThat(joined).hasSize(2);
        assertThat(seqs(joined.get(0))).containsExactly(1L, 2L, 3L);
        assertThat(seqs(joined.get(1))).containsExactly(1L);
    }

    @Test
    void nothingOvertakesAnEventOfARun() {
        var event = new RunEvent();
        assertThat(SampleRecords.joined(List.of(samples("a", 1), event, samples("a", 2))))
                .hasSize(3)
                .element(1)
                .isSameAs(event);
    }

    @Test
    void whatDiffersInAnythingButItsSamplesStaysApart() {
        var other = samples("a", 2);
        other.setIdleMilliwatts(Map.of("package-0", 5L));
        assertThat(SampleRecords.joined(List.of(samples("a", 1), other))).hasSize(2);
    }

    @Test
    void aRecordDoesNotGrowForEver() {
        var many = Stream.iterate(1L, seq -> seq + 1)
                .limit(150)
                .map(seq -> (SpecificRecord) samples("a", seq))
                .toList();
        var joined = SampleRecords.joined(many);
        assertThat(joined).hasSize(3);
        assertThat(joined.stream().flatMap(record -> seqs(record).stream()))
                .hasSize(150)
                .isSorted();
    }

    private static List<Long> seqs(SpecificRecord record) {
        return ((PowerSamples) record).getSamples().stream().map(Sample::getSeq).toList();
    }

    private static PowerSamples samples(String session, long seq) {
        var sample = new Sample();
        sample.setSeq(seq);
        var record = new PowerSamples();
        record.setHost("h");
        record.setBootId("boot");
        record.setSession(session);
        record.setZone("FR");
        record.setPueThousandths(1000);
        record.setPolicy(AttributionPolicy.MACHINE);
        record.setIdleMilliwatts(Map.of());
        record.setSamples(new ArrayList<>(List.of(sample)));
        return record;
    }
}
