package io.wattledger.grid.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads comma-separated values as RFC 4180 has them, line breaks inside quotes included. Skips empty lines and a byte order
 * mark at the start.
 */
public final class CsvReader {
    private static final int END = -1;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final BufferedReader in;
    private final char separator;
    private boolean atStart = true;
    private int line = 1;

    /** @param in stays the caller's to close */
    public CsvReader(Reader in) {
        this(in, ',');
    }

    /**
     * @param in stays the caller's to close
     * @param separator what stands between two fields
     */
    public CsvReader(Reader in, char separator) {
        this.in = new BufferedReader(in);
        this.separator = separator;
    }

    /**
     * One record.
     *
     * @param line number of the line it starts on, from 1
     */
    public record Row(int line, List<String> fields) {}

    /** The next record; null at the end. */
    public @Nullable Row next() throws IOException {
        while (true) {
            int start = line;
            var fields = record();
            if (fields == null) {
                return null;
            }
            if (fields.size() > 1 || !fields.get(0).isBlank()) {
                return new Row(start, fields);
            }
        }
    }

    private @Nullable List<String> record() throws IOException {
        int c = in.read();
        if (atStart && c == BYTE_ORDER_MARK) {
            c = in.read();
        }
        atStart = false;
        if (c == END) {
            return null;
        }
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        while (c != END) {
            if (quoted) {
                if (c != '"') {
                    line += c == '\n' ? 1 : 0;
                    field.append((char) c);
                } else if (peek() == '"') {
                    field.append((char) in.read());
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == separator) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                line++;
                break;
            } else if (c != '\r') {
                field.append((char) c);
            }
            c = in.read();
        }
        fields.add(field.toString());
        return fields;
    }

    private int peek() throws IOException {
        in.mark(1);
        int c = in.read();
        in.reset();
        return c;
    }
}
