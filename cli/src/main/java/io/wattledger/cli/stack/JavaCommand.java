package io.wattledger.cli.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another {@code wattledger} process, with the JVM and the class path of this one. */
final class JavaCommand {
    /**
     * Small, and quick to start; the optimising compiler would take the cores of what is being measured. Sizes that the
     * start does not outgrow spare it half of its collections, and an eighth of its CPU time.
     */
    private static final List<String> STACK_OPTIONS = List.of(
            "-Xms128m",
            "-Xmn48m",
            "-Xmx768m",
            "-XX:MetaspaceSize=128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto");

    private JavaCommand() {}

    static List<String> wattledger(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(STACK_OPTIONS);
        command.addAll(asBefore(Runtime.version().feature()));
        command.add("-cp");
        command.add(Distribution.classPath());
        command.add("io.wattledger.cli.Main");
        command.addAll(arguments);
        return command;
    }

    /** What newer JVMs want to be told before they do as older ones do without a word. */
    private static List<String> asBefore(int javaVersion) {
        var options = new ArrayList<String>();
        if (javaVersion >= 22) {
            options.add("--enable-native-access=ALL-UNNAMED");
            // Without this they call anything a terminal, a file too.
            options.add("-Djdk.console=java.base");
        }
        if (javaVersion >= 23) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }
}
