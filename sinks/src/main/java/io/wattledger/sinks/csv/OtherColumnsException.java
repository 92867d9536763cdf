package io.wattledger.sinks.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file that has other columns than those of the rows to be appended. Nothing was written to it. */
public final class OtherColumnsException extends IOException {
    OtherColumnsException(Path file, List<String> expected, List<String> found) {
        super("Cannot append to " + file + ": its first line is not the header that belongs to these rows, "
                + difference(expected, found) + "; move the file away or choose another one");
    }

    private static String difference(List<String> expected, List<String> found) {
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            if (!expected.get(i).equals(found.get(i))) {
                return "column " + (i + 1) + " is '" + found.get(i) + "' and not '" + expected.get(i) + "'";
            }
        }
        return "it has " + found.size() + " columns and not " + expected.size();
    }
}
