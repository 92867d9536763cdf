package io.wattledger.collector.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of the spool.
 *
 * @param kind what it is
 * @param fingerprint CRC-64-AVRO of the schema it was written with; 0 for a checkpoint
 * @param payload Avro binary, or text of a checkpoint
 */
public record SpoolEntry(Kind kind, long fingerprint, byte[] payload) {
    private static final int HEADER_BYTES = 1 + Long.BYTES + Integer.BYTES;

    /** What an entry is. The code is on disk and never changes its meaning. */
    public enum Kind {
        /** State of the session after the entries before it in the same frame; never sent. */
        CHECKPOINT(0),
        POWER_SAMPLES(1),
        RUN_EVENT(2),
        HOST_PROFILE(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        static Kind ofCode(byte code) throws IOException {
            for (var kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException(
                    "The spool holds an entry of kind " + code + ", which a newer collector must have written;"
                            + " start that one, or move the spool's folder away");
        }
    }

    static byte[] encode(List<SpoolEntry> entries) {
        int size = entries.stream()
                .mapToInt(entry -> HEADER_BYTES + entry.payload.length)
                .sum();
        var bytes = ByteBuffer.allocate(size);
        for (var entry : entries) {
            bytes.put(entry.kind.code)
                    .putLong(entry.fingerprint)
                    .putInt(entry.payload.length)
                    .put(entry.payload);
        }
        return bytes.array();
    }

    static List<SpoolEntry> decode(byte[] frame) throws IOException {
        var bytes = ByteBuffer.wrap(frame);
        var entries = new ArrayList<SpoolEntry>();
        while (bytes.hasRemaining()) {
            var kind = Kind.ofCode(bytes.get());
            long fingerprint = bytes.getLong();
            var payload = new byte[bytes.getInt()];
            bytes.get(payload);
            entries.add(new SpoolEntry(kind, fingerprint, payload));
        }
        return entries;
    }
}
