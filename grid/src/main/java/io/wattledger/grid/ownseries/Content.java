package io.wattledger.grid.ownseries;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a location has.
 *
 * @param version when it was last changed, as the location tells; otherwise when it was read
 * @param mark by which the location can tell whether it has changed since
 */
record Content(byte[] bytes, Instant version, Mark mark) {
    /** As much as an answer of a service may have. */
    static final int MOST_BYTES = 64 << 20;

    /**
     * A state of a location.
     *
     * @param tag entity tag of an answer, or time and size of a file; null where there is none
     * @param modified the answer's own words of when it was changed; null where it says nothing
     */
    record Mark(@Nullable String tag, @Nullable String modified) {}

    /**
     * As UTF-8 text, unpacked where it is a gzip file.
     *
     * @throws UnreadableException when it cannot be unpacked or is too large
     */
    String text() throws UnreadableException {
        boolean gzip = bytes.length > 1 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B;
        if (!gzip) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            var text = unpacked.readNBytes(MOST_BYTES + 1);
            if (text.length > MOST_BYTES) {
                throw new UnreadableException("it is larger than " + MOST_BYTES + " bytes when unpacked");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnreadableException("it cannot be unpacked (" + e.getMessage() + ")");
        }
    }
}
