package io.wattledger.cli.replay;

import io.wattledger.cli.terminal.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Goes through the rows of one input file and keeps account of those that cannot be used. */
final class Rows {
    /** What is done about rows that cannot be used. */
    enum OnError {
        fail,
        skip
    }

    private static final int MOST_SHOWN = 5;

    private final Path file;
    private final OnError onError;
    private final List<String> shown = new ArrayList<>();
    private long count;
    private long bad;

    Rows(Path file, OnError onError) {
        this.file = file;
        this.onError = onError;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface RowReader {
        void read(List<String> fields) throws BadRowException;
    }

    /**
     * Hands all further lines to a reader.
     *
     * @throws Failure when there is none that can be used, or one that cannot and that is not to be skipped
     */
    void readAll(CsvLines lines, RowReader reader) {
        for (var line = lines.next(); line != null; line = lines.next()) {
            read(line, reader);
        }
        check();
    }

    void read(CsvLines.Line line, RowReader reader) {
        count++;
        try {
            reader.read(line.fields());
        } catch (BadRowException e) {
            bad++;
            if (shown.size() < MOST_SHOWN) {
                shown.add("line " + line.number() + " " + e.getMessage());
            }
        }
    }

    void check() {
        if (bad > 0 && onError == OnError.fail) {
            throw new Failure("Nothing was imported: " + problems() + ". Put that right, or leave such rows out with"
                    + " --on-error skip");
        }
        if (count == 0) {
            throw new Failure("Nothing was imported: " + file + " has a header but no rows");
        }
        if (bad == count) {
            throw new Failure("Nothing was imported: none of the " + count + " rows can be used: " + problems());
        }
    }

    /** The rows that cannot be used, the first of them with their reasons. */
    String problems() {
        var more = bad > shown.size() ? "; and " + (bad - shown.size()) + " more" : "";
        return file + ": " + String.join("; ", shown) + more;
    }

    /** Rows in the file, used or not. */
    long count() {
        return count;
    }

    long bad() {
        return bad;
    }
}
