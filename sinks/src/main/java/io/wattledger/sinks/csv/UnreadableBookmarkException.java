package io.wattledger.sinks.csv;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Somebody has changed the file of offsets or taken it away, or it is a later version's. Waiting does not help. */
final class UnreadableBookmarkException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableBookmarkException(Path file, String reason, @Nullable Throwable cause) {
        super(
                "Cannot read " + file + ", which says up to where the topics are in the CSV file (" + reason
                        + "); restore it, or delete it and restart the task to go on from the offsets that Connect has committed",
                cause);
    }
}
