package io.wattledger.cli.stack;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the jars are. */
public final class Distribution {
    private Distribution() {}

    /** The collector's own class path, beside ours in a distribution; without one, ours. */
    public static String collectorClassPath() {
        var collector = home().resolve("collector").resolve("wattledger-collector.jar");
        return Files.isRegularFile(collector) ? collector.toString() : classPath();
    }

    /** The class path of this process, whole, as another process may run in another folder. */
    public static String classPath() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path", ""))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
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
