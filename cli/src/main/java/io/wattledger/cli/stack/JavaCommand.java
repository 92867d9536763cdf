package io.wattledger.cli.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another {@code wattledger} process, with the JVM and the class path of this one. */
public final class JavaCommand {
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

    /** Roles at work for long have the JVM's own choice of compiler and collector, as the {@code wattledger} script has it. */
    private static final List<String> ROLE_OPTIONS =
            List.of("-Xshare:auto", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8");

    private static final String MAIN = "io.wattledger.cli.Main";

    private JavaCommand() {}

    /** The stack. */
    static List<String> wattledger(List<String> arguments) {
        return java(STACK_OPTIONS, MAIN, arguments);
    }

    /** A role, with further options of the JVM. */
    public static List<String> role(List<String> options, List<String> arguments) {
        return atWork(options, MAIN, arguments);
    }

    /** Another program on the same class path, in a JVM like that of a role. */
    public static List<String> atWork(List<String> options, String main, List<String> arguments) {
        var all = new ArrayList<>(ROLE_OPTIONS);
        all.addAll(options);
        return java(all, main, arguments);
    }

    private static List<String> java(List<String> options, String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(asBefore(Runtime.version().feature()));
        command.add("-cp");
        command.add(Distribution.classPath());
        command.add(main);
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
