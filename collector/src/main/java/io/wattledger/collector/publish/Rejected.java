package io.wattledger.collector.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of records that no broker would ever take: one line of reason, one of content, for a person to look at. */
final class Rejected {
    static final String FILE = "rejected.txt";

    private final Path file;
    private long count;

    Rejected(Path folder) {
        this.file = folder.resolve(FILE);
    }

    synchronized void add(String reason, String content) throws IOException {
        Files.writeString(
                file,
                "# " + reason.replace('\n', ' ') + "\n" + content.replace('\n', ' ') + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.DSYNC);
        count++;
    }

    /** Records set aside since the start. */
    synchronized long count() {
        return count;
    }

    Path file() {
        return file;
    }
}
