package io.wattledger.schemas.serde;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** The five bytes in front of each record: zero, then the schema's number, big-endian. */
public final class WireFormat {
    public static final int HEADER_LENGTH = 5;
    /** What each record starts with. */
    public static final byte MAGIC = 0;

    private WireFormat() {}

    /** The header for a schema's number. */
    public static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(schemaId).array();
    }

    /**
     * Reads the header and leaves the buffer at the record.
     *
     * @return the schema's number
     * @throws SerializationException if this is no such header
     */
    public static int readSchemaId(String topic, ByteBuffer record) {
        if (record.remaining() < HEADER_LENGTH) {
            throw new SerializationException("A record of topic " + topic + " has only " + record.remaining()
                    + " bytes; it was not written with a schema registry. Look at its producer's serializer.");
        }
        var magic = record.get();
        if (magic != MAGIC) {
            throw new SerializationException("A record of topic " + topic + " begins with byte " + magic
                    + " instead of 0; it was not written with a schema registry. Look at its producer's serializer.");
        }
        return record.getInt();
    }
}
