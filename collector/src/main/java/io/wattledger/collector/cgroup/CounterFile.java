package io.wattledger.collector.cgroup;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Numbers in the small files of control groups, read into one buffer. Not thread-safe. */
final class CounterFile {
    private final byte[] buffer = new byte[8192];

    /**
     * A number.
     *
     * @param key what stands before it on its line, with the blank; empty for a file that is one number
     * @return empty when the file is not there, or has no such line
     * @throws IOException when it is there and cannot be read, or what it holds is no number
     */
    OptionalLong read(Path file, String key) throws IOException {
        int length;
        try (var in = new FileInputStream(file.toFile())) {
            length = in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            // A group that is removed while its file is open answers with "no such device".
            if (Files.notExists(file)) {
                return OptionalLong.empty();
            }
            throw e instanceof FileNotFoundException
                    ? new IOException("Cannot read " + e.getMessage() + "; let the collector read it", e)
                    : new IOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
        for (int start = 0; start < length; start = lineEnd(start, length) + 1) {
            if (startsWith(start, length, key)) {
                return OptionalLong.of(number(start + key.length(), length, file));
            }
        }
        return OptionalLong.empty();
    }

    private boolean startsWith(int start, int length, String key) {
        if (start + key.length() > length) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (buffer[start + i] != key.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int lineEnd(int start, int length) {
        int end = start;
        while (end < length && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private long number(int start, int length, Path file) throws IOException {
        long number = 0;
        int end = lineEnd(start, length);
        boolean valid = end > start && end - start < 19;
        for (int i = start; valid && i < end; i++) {
            valid = buffer[i] >= '0' && buffer[i] <= '9';
            number = 10 * number + buffer[i] - '0';
        }
        if (!valid) {
            throw new IOException("Not a number in " + file + ": '"
                    + new String(buffer, start, Math.min(end - start, 40), StandardCharsets.ISO_8859_1) + "'");
        }
        return number;
    }
}
