package io.wattledger.schemas.topic;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One topic.
 *
 * @param name its name
 * @param key schema of the key; {@code "string"} stands for plain UTF-8 text, not Avro
 * @param value schema of the value, always Avro
 * @param byHost true when the partition follows from the host ({@link HostPartition}); such topics have the same number
 *     of partitions, which is fixed at installation
 * @param compacted true when only the newest record per key is kept
 * @param retention how long records are kept; null for ever
 * @param purpose what it holds, in a sentence
 */
public record TopicSpec(
        String name,
        Schema key,
        Schema value,
        boolean byHost,
        boolean compacted,
        @Nullable Duration retention,
        String purpose) {

    /** Whether the key is plain text and not an Avro record. */
    public boolean hasTextKey() {
        return key.getType() == Schema.Type.STRING;
    }

    /** Topic settings for its creation. */
    public Map<String, String> settings() {
        return Map.of(
                "cleanup.policy",
                compacted ? "compact" : "delete",
                "retention.ms",
                retention == null ? "-1" : Long.toString(retention.toMillis()));
    }
}
