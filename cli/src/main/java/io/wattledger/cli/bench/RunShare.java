package io.wattledger.cli.bench;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a run used, or all of it, in the textbook's topology.
 *
 * @param millijoules energy
 * @param micrograms emissions, CO2eq
 */
record RunShare(long millijoules, long micrograms) {
    RunShare plus(RunShare more) {
        return new RunShare(millijoules + more.millijoules, micrograms + more.micrograms);
    }

    /** Two whole numbers of eight bytes. */
    static final class ShareSerde implements Serde<RunShare>, Serializer<RunShare>, Deserializer<RunShare> {
        @Override
        public byte @Nullable [] serialize(String topic, @Nullable RunShare share) {
            return share == null
                    ? null
                    : ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(share.millijoules())
                            .putLong(share.micrograms())
                            .array();
        }

        @Override
        public @Nullable RunShare deserialize(String topic, byte @Nullable [] data) {
            if (data == null) {
                return null;
            }
            var bytes = ByteBuffer.wrap(data);
            return new RunShare(bytes.getLong(), bytes.getLong());
        }

        @Override
        public Serializer<RunShare> serializer() {
            return this;
        }

        @Override
        public Deserializer<RunShare> deserializer() {
            return this;
        }

        @Override
        public void configure(java.util.Map<String, ?> configs, boolean isKey) {}

        @Override
        public void close() {}
    }
}
