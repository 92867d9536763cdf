package io.wattledger.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What a worker has that writes to warehouses: other people's sinks as they are published, and ours. */
final class Plugins {
    private Plugins() {}

    static String path() {
        try {
            return Path.of("target", "plugins").toRealPath() + ","
                    + Path.of("..", "sinks", "target", "plugin").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
