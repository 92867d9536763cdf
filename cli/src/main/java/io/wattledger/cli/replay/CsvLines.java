package io.wattledger.cli.replay;

import io.wattledger.cli.terminal.Failure;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file with comma-separated values, compressed by gzip or not, whatever its name says. Fields may be
 * in quotes but do not go over the end of a line; blank ones around a field and blank lines do not count.
 */
final class CsvLines implements AutoCloseable {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;
    private final BufferedReader reader;
    private long number;

    private CsvLines(Path path, BufferedReader reader) {
        this.path = path;
        this.reader = reader;
    }

    /**
     * One line.
     *
     * @param number of the line in the file, from 1
     * @param fields its fields, without blanks around them
     */
    record Line(long number, List<String> fields) {}

    /** @throws Failure when the file cannot be read */
    static CsvLines open(Path path) {
        try {
            var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
            return new CsvLines(path, new BufferedReader(new InputStreamReader(unpacked(in), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            throw new Failure("Cannot read " + path + ": there is no such file; check its path", e);
        } catch (IOException e) {
            throw new Failure("Cannot read " + path + " (" + e + ")", e);
        }
    }

    private static InputStream unpacked(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /**
     * The next line that is not blank; null at the end.
     *
     * @throws Failure when the file cannot be read to its end, as when it is a part of a compressed one
     */
    @Nullable
    Line next() {
        try {
            for (var text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
                    text = text.substring(1);
                }
                if (!text.isBlank()) {
                    return new Line(number, fields(text));
                }
            }
            return null;
        } catch (IOException e) {
            var where = number == 0 ? "" : " beyond line " + number;
            throw new Failure("Cannot read " + path + where + " (" + e.getMessage() + "); is it complete?", e);
        }
    }

    private static List<String> fields(String text) {
        var fields = new ArrayList<String>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field(text, start, i));
                start = i + 1;
            }
        }
        fields.add(field(text, start, text.length()));
        return fields;
    }

    private static String field(String text, int start, int end) {
        var field = text.substring(start, end).strip();
        boolean quoted = field.length() > 1 && field.charAt(0) == '"' && field.charAt(field.length() - 1) == '"';
        return quoted
                ? field.substring(1, field.length() - 1).replace("\"\"", "\"").strip()
                : field;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new Failure("Cannot close " + path + " (" + e + ")", e);
        }
    }
}
