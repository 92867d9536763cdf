package io.wattledger.cli.audit;

import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records are looked at.
 *
 * @param ends of the sources: where they ended when the audit began, as it is derived from what is before; of the ledger:
 *     where it ended when all that had been settled
 * @param laterEnds where the sources ended then; what came in between may or may not be in the ledger
 */
record Stretch(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> laterEnds) {
    private static final List<TopicSpec> SOURCES =
            List.of(Topics.POWER_SAMPLES, Topics.RUNS, Topics.CORRECTIONS, Topics.GRID_INTENSITY, Topics.GRID_DEFAULTS);
    private static final List<TopicSpec> LEDGER = List.of(
            Topics.ENERGY_LEDGER,
            Topics.EMISSIONS_LEDGER,
            Topics.RUN_EMISSIONS,
            Topics.DAILY_EMISSIONS,
            Topics.HOST_HOURS,
            Topics.LATE_SAMPLES);

    /** Notes where topics end, lets the ledger settle, and notes it again. */
    static Stretch note(TopicReader reader, Runnable settle) {
        var ends = new HashMap<>(ends(reader, SOURCES));
        settle.run();
        ends.putAll(ends(reader, LEDGER));
        return new Stretch(ends, ends(reader, SOURCES));
    }

    private static Map<TopicPartition, Long> ends(TopicReader reader, List<TopicSpec> topics) {
        var partitions = new ArrayList<TopicPartition>();
        topics.forEach(topic -> partitions.addAll(reader.partitions(topic)));
        return reader.ends(partitions);
    }

    /** How many partitions a topic has. */
    int partitions(TopicSpec topic) {
        return (int) ends.keySet().stream()
                .filter(partition -> partition.topic().equals(topic.name()))
                .count();
    }

    long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    long laterEnd(TopicPartition partition) {
        return laterEnds.getOrDefault(partition, 0L);
    }
}
