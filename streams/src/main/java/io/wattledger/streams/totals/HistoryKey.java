package io.wattledger.streams.totals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of what is kept by name and stamp: the name, a zero byte, the stamp in milliseconds (big-endian), and a number where
 * a stamp has several entries. So the bytes are in the order of name and time, and a time is found by a range scan.
 */
final class HistoryKey {
    private static final byte END = 0;

    private HistoryKey() {}

    /** The first key that a name could have at that stamp; that of a version. */
    static Bytes of(String name, Instant stamp) {
        return Bytes.wrap(start(name, Long.BYTES).putLong(stamp.toEpochMilli()).array());
    }

    /** The key of one of several entries of that stamp. */
    static Bytes of(String name, Instant stamp, int number) {
        return Bytes.wrap(start(name, Long.BYTES + Integer.BYTES)
                .putLong(stamp.toEpochMilli())
                .putInt(number)
                .array());
    }

    /** Lies before every key of the name. */
    static Bytes before(String name) {
        return Bytes.wrap(start(name, 0).array());
    }

    /** Lies behind every key of the name. */
    static Bytes behind(String name) {
        return Bytes.wrap(start(name, Long.BYTES).putLong(-1).array());
    }

    /** The name of a version's key. */
    static String name(Bytes version) {
        var key = version.get();
        return new String(key, 0, key.length - Long.BYTES - 1, StandardCharsets.UTF_8);
    }

    /** The stamp of a key of that name. */
    static Instant stamp(Bytes key, String name) {
        int start = name.getBytes(StandardCharsets.UTF_8).length + 1;
        return Instant.ofEpochMilli(ByteBuffer.wrap(key.get()).getLong(start));
    }

    private static ByteBuffer start(String name, int further) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + 1 + further).put(bytes).put(END);
    }
}
