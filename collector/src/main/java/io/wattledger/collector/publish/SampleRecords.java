package io.wattledger.collector.publish;

import io.wattledger.schemas.record.PowerSamples;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Samples that go together take one record: what they have in common is then sent, stored and parsed once. */
final class SampleRecords {
    /** A record this long is still far from the megabyte that brokers take, whatever devices and runs a host has. */
    private static final int MOST_SAMPLES = 60;

    private SampleRecords() {}

    /** The same records in the same order, neighbours of one session joined. */
    static List<SpecificRecord> joined(List<SpecificRecord> records) {
        var joined = new ArrayList<SpecificRecord>(records.size());
        PowerSamples last = null;
        for (var record : records) {
            if (record instanceof PowerSamples samples) {
                if (last != null && goWith(last, samples)) {
                    last.getSamples().addAll(samples.getSamples());
                    continue;
                }
                last = samples;
            } else {
                // What was appended between two samples is also sent between them.
                last = null;
            }
            joined.add(record);
        }
        return joined;
    }

    private static boolean goWith(PowerSamples first, PowerSamples next) {
        return first.getSamples().size() + next.getSamples().size() <= MOST_SAMPLES
                && first.getSession().equals(next.getSession())
                && first.getHost().equals(next.getHost())
                && first.getBootId().equals(next.getBootId())
                && first.getZone().equals(next.getZone())
                && first.getPueThousandths() == next.getPueThousandths()
                && first.getPolicy() == next.getPolicy()
                && first.getSlotLengthMillis() == next.getSlotLengthMillis()
                && first.getIdleMilliwatts().equals(next.getIdleMilliwatts());
    }
}
