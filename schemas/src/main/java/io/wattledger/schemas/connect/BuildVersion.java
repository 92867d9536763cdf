package io.wattledger.schemas.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The version of the build, which the build writes into a resource; all plugins of one build have the same. */
public final class BuildVersion {
    private static final String RESOURCE = "version.txt";

    private BuildVersion() {}

    public static String text() {
        try (var text = Objects.requireNonNull(BuildVersion.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(text.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
