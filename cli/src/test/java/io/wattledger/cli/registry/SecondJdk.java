package io.wattledger.cli.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a JDK newer than the one that runs the tests, in the folders where JDKs usually are. */
final class SecondJdk {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private SecondJdk() {}

    /** The {@code java} command of the oldest JDK that is new enough. */
    static Optional<Path> java(int atLeast) {
        return homes().filter(home -> version(home) >= atLeast)
                .min(Comparator.comparingInt(SecondJdk::version))
                .map(home -> home.resolve("bin/java"));
    }

    private static Stream<Path> homes() {
        var user = Path.of(System.getProperty("user.home"));
        var fromEnvironment = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
                .map(variable -> Path.of(variable.getValue()));
        var installed = Stream.of(
                        Path.of("/usr/lib/jvm"),
                        Path.of("/opt/java"),
                        Path.of("/opt/jdks"),
                        Path.of("/Library/Java/JavaVirtualMachines"),
                        user.resolve(".sdkman/candidates/java"),
                        user.resolve(".jdks"))
                .flatMap(SecondJdk::children);
        return Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"))), Stream.concat(fromEnvironment, installed))
                .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
                .filter(home -> Files.isExecutable(home.resolve("bin/java")));
    }

    private static Stream<Path> children(Path folder) {
        try (var children = Files.list(folder)) {
            return children.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int version(Path home) {
        try {
            var matcher = VERSION.matcher(Files.readString(home.resolve("release")));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
