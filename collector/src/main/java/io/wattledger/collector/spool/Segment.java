package io.wattledger.collector.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A file of frames: length, CRC-32C of the payload, payload. */
final class Segment {
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int LONGEST_FRAME = 64 << 20;
    private static final String SUFFIX = ".spool";

    /**
     * A frame read.
     *
     * @param payload its content
     * @param start its offset
     * @param end offset behind it
     */
    record Frame(byte[] payload, long start, long end) {}

    private Segment() {}

    static Path file(Path folder, long number) {
        return folder.resolve(String.format("%016d%s", number, SUFFIX));
    }

    /** The number in the name of a segment file, or -1 for any other file. */
    static long number(Path file) {
        var name = file.getFileName().toString();
        if (!name.matches("\\d{16}\\.spool")) {
            return -1;
        }
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    static ByteBuffer frame(byte[] payload) {
        var frame = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        frame.putInt(payload.length).putInt(checksum(payload)).put(payload);
        return frame.flip();
    }

    /** The first whole, sound frame at an offset or behind it; what is in between is damaged. Null when there is none. */
    static @Nullable Frame next(FileChannel channel, long offset) throws IOException {
        long last = channel.size() - HEADER_BYTES;
        for (long at = offset; at < last; at++) {
            var frame = read(channel, at);
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    private static @Nullable Frame read(FileChannel channel, long offset) throws IOException {
        var header = ByteBuffer.allocate(HEADER_BYTES);
        if (!fill(channel, header, offset)) {
            return null;
        }
        int length = header.getInt(0);
        if (length <= 0 || length > LONGEST_FRAME || offset + HEADER_BYTES + length > channel.size()) {
            return null;
        }
        var payload = ByteBuffer.allocate(length);
        if (!fill(channel, payload, offset + HEADER_BYTES) || checksum(payload.array()) != header.getInt(4)) {
            return null;
        }
        return new Frame(payload.array(), offset, offset + HEADER_BYTES + length);
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static boolean fill(FileChannel channel, ByteBuffer buffer, long offset) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(byte[] payload) {
        var crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
