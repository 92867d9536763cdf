package io.wattledger.collector.sysfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that holds one whole number of at least 0. To read it again costs one system call and no garbage. */
public final class NumberFile implements AutoCloseable {
    /** Opens files; tests put refusals in its place. */
    @FunctionalInterface
    public interface Opener {
        Opener REAL = file -> FileChannel.open(file, StandardOpenOption.READ);

        FileChannel open(Path file) throws IOException;
    }

    /** No number of 64 bits with its sign and line end is longer. */
    private static final int LONGEST = 32;

    private final Path path;
    private final Opener opener;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST);
    private @Nullable FileChannel channel;
    private long last = -1;

    /** It is opened by its first read. */
    public NumberFile(Path path, Opener opener) {
        this.path = path;
        this.opener = opener;
    }

    public Path path() {
        return path;
    }

    /**
     * What it holds now.
     *
     * @throws AccessDeniedException when it may not be read
     * @throws NoSuchFileException when it is not there
     * @throws IOException when the device behind it does not answer, or it holds something else; the next read opens it anew
     */
    public long read() throws IOException {
        try {
            var open = channel;
            if (open == null) {
                open = opener.open(path);
                channel = open;
            }
            buffer.clear();
            open.read(buffer, 0);
            buffer.flip();
            last = parse(buffer);
            return last;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * What it holds now, where that changes all the time. A number that stands still is read once more from a file opened
     * anew: whoever makes such files by hand may have put a new one in its place.
     */
    public long readMoving() throws IOException {
        long before = last;
        long now = read();
        if (now != before) {
            return now;
        }
        close();
        return read();
    }

    /** The number in front of the first line end or blank. Digits only. */
    static long parse(ByteBuffer text) throws IOException {
        long value = 0;
        int at = text.position();
        while (at < text.limit() && isDigit(text.get(at))) {
            int digit = text.get(at) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw noNumber(text);
            }
            value = value * 10 + digit;
            at++;
        }
        boolean ends = at == text.limit() || text.get(at) == '\n' || text.get(at) == ' ';
        if (at == text.position() || !ends) {
            throw noNumber(text);
        }
        return value;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static IOException noNumber(ByteBuffer text) {
        var content = StandardCharsets.UTF_8.decode(text.duplicate()).toString().trim();
        return new IOException("it holds no whole number of at least 0: '" + content + "'");
    }

    /** Why a read failed, in words for people: those of the kernel, for the most part. */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** May be read again, which opens it again. */
    @Override
    public void close() {
        var open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only read from: nothing can be lost, and the number is of use or not whatever comes of this.
            }
        }
    }
}
