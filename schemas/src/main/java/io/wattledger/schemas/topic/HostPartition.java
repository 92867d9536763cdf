package io.wattledger.schemas.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a host, the same in all topics that are partitioned by host, whatever their key: Kafka's own hash of
 * the host's UTF-8 bytes, which is what its default partitioner does with a plain-text key.
 */
public final class HostPartition {
    private HostPartition() {}

    public static int of(String host, int partitions) {
        return Utils.toPositive(Utils.murmur2(host.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
