package io.wattledger.cli.chaos;

import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.cli.ledger.TopicReader.Visitor;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is in the topics.
 *
 * @param samples in the order of their partitions, as often as they were sent
 * @param deadLetters number of records that the streams application could not use
 */
record LedgerTopics(
        List<PowerSamples> samples,
        Map<RunHostKey, RunEvent> events,
        Map<LedgerKey, EnergyRow> energies,
        Map<LedgerKey, EmissionRow> emissions,
        Map<String, RunEmissions> runs,
        Map<String, HostHour> hours,
        long deadLetters) {

    static LedgerTopics read(TopicReader reader) {
        var samples = new ArrayList<PowerSamples>();
        LedgerTopics.<String, PowerSamples>each(reader, Topics.POWER_SAMPLES, (host, record, stamp) -> {
            if (record != null) {
                samples.add(record);
            }
        });
        var dead = reader.ends(reader.partitions(Topics.DEAD_LETTERS)).values().stream()
                .mapToLong(end -> end)
                .sum();
        return new LedgerTopics(
                samples,
                newest(reader, Topics.RUNS),
                newest(reader, Topics.ENERGY_LEDGER),
                newest(reader, Topics.EMISSIONS_LEDGER),
                newest(reader, Topics.RUN_EMISSIONS),
                newest(reader, Topics.HOST_HOURS),
                dead);
    }

    private static <K, V extends SpecificRecord> void each(TopicReader reader, TopicSpec topic, Visitor<K, V> visitor) {
        reader.ends(reader.partitions(topic))
                .forEach((partition, end) -> reader.read(topic, partition, 0, end, visitor));
    }

    private static <K, V extends SpecificRecord> Map<K, V> newest(TopicReader reader, TopicSpec topic) {
        var newest = new HashMap<K, V>();
        LedgerTopics.<K, V>each(reader, topic, (key, value, stamp) -> {
            if (value == null) {
                newest.remove(key);
            } else {
                newest.put(key, value);
            }
        });
        return newest;
    }
}
