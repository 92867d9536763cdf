package io.wattledger.sinks.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the records of a file and knows where in the file they end, in bytes. */
final class CsvScanner {
    private static final int END = -1;

    private final InputStream in;
    private long position;
    private boolean terminated = true;
    private boolean unclosed;

    /** @param in UTF-8, stays the caller's to close */
    CsvScanner(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next record; null at the end. */
    @Nullable
    List<String> next() throws IOException {
        int c = read();
        if (c == END) {
            return null;
        }
        var fields = new ArrayList<String>();
        var field = new ByteArrayOutputStream();
        boolean quoted = false;
        boolean closed = false;
        for (; c != END && (quoted || c != '\n'); c = read()) {
            if (c == '"') {
                if (closed) {
                    field.write(c);
                }
                closed = quoted;
                quoted = !quoted;
                continue;
            }
            closed = false;
            if (c == ',' && !quoted) {
                fields.add(field.toString(UTF_8));
                field.reset();
            } else if (c != '\r' || quoted) {
                field.write(c);
            }
        }
        terminated = c != END;
        unclosed = quoted;
        fields.add(field.toString(UTF_8));
        return fields;
    }

    private int read() throws IOException {
        int c = in.read();
        position += c == END ? 0 : 1;
        return c;
    }

    /** Bytes up to the end of the last record, its line break included. */
    long position() {
        return position;
    }

    /** Whether the last record ended with a line break. */
    boolean terminated() {
        return terminated;
    }

    /** Whether the last record ended inside quotes. */
    boolean unclosed() {
        return unclosed;
    }
}
