package io.wattledger.cli.stack;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the jars are. */
public final class Distribution {
    private Distribution() {}

    /** The collector's own class path, beside ours in a distribution; without one, ours. */
    public static String collectorClassPath() {
        var collector = home().resolve("collector");
        return Files.isDirectory(collector)
                ? collector.resolve("*").toString()
                : System.getProperty("java.class.path", "");
    }

    private static Path home() {
        try {
            var own = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own.resolve("../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path has a place that is no address", e);
        }
    }
}
