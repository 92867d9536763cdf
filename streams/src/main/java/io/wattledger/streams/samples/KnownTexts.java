package io.wattledger.streams.samples;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts that were read lately, by their bytes: one object for each, whose hash is known. */
final class KnownTexts {
    private static final int SIZE = 1 << 14;

    private final byte[][] bytes = new byte[SIZE][];
    private final String[] texts = new String[SIZE];

    String read(byte[] from, int start, int length) {
        int hash = 0;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + from[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
        var known = bytes[slot];
        if (known == null || !Arrays.equals(known, 0, known.length, from, start, start + length)) {
            bytes[slot] = Arrays.copyOfRange(from, start, start + length);
            texts[slot] = new String(from, start, length, StandardCharsets.UTF_8);
        }
        return texts[slot];
    }
}
