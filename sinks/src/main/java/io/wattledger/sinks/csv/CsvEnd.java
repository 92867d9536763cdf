package io.wattledger.sinks.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where rows can be appended to a file that others may have written.
 *
 * <p>A last line without a line break is what a killed writer leaves. Where it is not whole it is to be taken away, otherwise
 * (an editor may have taken the line break) it is to get its line break.
 *
 * @param position where to append; what is behind it is to be taken away. 0 in a file without rows and header
 * @param lacksLineBreak whether a line break must go before what is appended
 */
record CsvEnd(long position, boolean lacksLineBreak) {
    private static final Logger LOG = LoggerFactory.getLogger(CsvEnd.class);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** @throws OtherColumnsException when the file has another header */
    static CsvEnd of(FileChannel channel, Path path, List<String> header) throws IOException {
        channel.position(0);
        var scanner = new CsvScanner(Channels.newInputStream(channel));
        if (channel.size() == 0 || !hasHeader(scanner, path, header)) {
            return new CsvEnd(0, false);
        }
        if (endsLine(channel, channel.size())) {
            return new CsvEnd(channel.size(), false);
        }
        long end = scanner.position();
        List<String> last = List.of();
        for (var row = scanner.next(); row != null; row = scanner.next()) {
            if (scanner.terminated()) {
                end = scanner.position();
            }
            last = row;
        }
        if (last.size() < header.size() || scanner.unclosed()) {
            LOG.warn(
                    "{} ended in the middle of a row, which is taken away: {}",
                    path,
                    CsvLine.of(last).strip());
            return new CsvEnd(end, false);
        }
        return new CsvEnd(channel.size(), true);
    }

    /**
     * Whether a file begins with the header; false where it ends within it, as its writer was killed before it was whole.
     *
     * @throws OtherColumnsException when the file has another header
     */
    static boolean hasHeader(CsvScanner scanner, Path path, List<String> header) throws IOException {
        var found = scanner.next();
        if (found == null) {
            return false;
        }
        var names = new ArrayList<@Nullable String>(found);
        var first = found.get(0);
        if (first.startsWith(BYTE_ORDER_MARK)) {
            names.set(0, first.substring(1));
        }
        boolean begun = !scanner.terminated() && CsvLine.of(header).startsWith(String.join(",", names));
        if (!names.equals(header) && !begun) {
            throw new OtherColumnsException(path, header, found);
        }
        return !begun;
    }

    /** Whether a line ends at a place in the file. */
    static boolean endsLine(FileChannel channel, long position) throws IOException {
        var last = ByteBuffer.allocate(1);
        return position == 0 || channel.read(last, position - 1) == 1 && last.get(0) == '\n';
    }
}
