package io.wattledger.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with a file of the repository; {@code -Dgolden.update=true} writes the file instead. */
public final class Golden {
    private Golden() {}

    /** @param file path below the top of the repository */
    public static void check(String file, String actual) {
        var path = root().resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, actual);
            }
            assertThat(path)
                    .as("%s is written by this test; refresh it with -Dgolden.update=true and read the diff", file)
                    .hasContent(actual);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The top of the repository, from the folder of whichever module runs the test. */
    public static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "Not inside the repository: " + Path.of("").toAbsolutePath());
        }
        return folder;
    }
}
