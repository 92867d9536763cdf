package io.wattledger.grid.annual;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The version of the build, which the build writes into a resource. */
final class Version {
    private static final String RESOURCE = "version.txt";

    private Version() {}

    static String ofBuild() {
        try (var text = Objects.requireNonNull(Version.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(text.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
