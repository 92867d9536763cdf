package io.wattledger.collector.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a collector in the background, so that it outlives its starter: a session of its own, away from the terminal's
 * signals, nothing inherited, output appended to a log file. It is not a child of the starter, whose CPU time of reaped
 * children therefore stays that of its command.
 */
public final class CollectorLauncher {
    /**
     * Keeps the collector small and quick to start; it never has much to do. The {@code wattledger} script has the same ones.
     * What the JVM has to say about an archive of classes that does not fit is kept off the log: it does without.
     */
    public static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms6m",
            "-Xmn2m",
            "-Xmx48m",
            "-Xss256k",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=16m",
            // The archive stays where it was made for: moving it would touch, and so keep in memory, all of it.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:ArchiveRelocationMode=0",
            // Once a second is no work: waking up for housekeeping would be a good part of it.
            "-XX:GuaranteedSafepointInterval=0",
            "-XX:AsyncDeflationInterval=0",
            // What runs once a second is compiled within half a minute instead of ten, and costs half from then on.
            "-XX:CompileThresholdScaling=0.1",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=15",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    private static final String MAIN_CLASS = "io.wattledger.collector.CollectorMain";
    private static final String JAR = ".jar";

    private final List<String> command;
    private final Path log;

    /**
     * @param command the collector's command line
     * @param log file for its output; created with its folder
     */
    public CollectorLauncher(List<String> command, Path log) {
        this.command = List.copyOf(command);
        this.log = log;
    }

    /**
     * The command line of a collector.
     *
     * @param java the java binary
     * @param classPath its own class path; beside a single jar the archive of its classes is looked for
     * @param options settings of the collector, by key
     */
    public static List<String> command(Path java, String classPath, Map<String, String> options) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(JVM_OPTIONS);
        if (Runtime.version().feature() >= 22) {
            // Newer JVMs warn of native code (JNA) unless they are told that it is all right.
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        archive(classPath).ifPresent(archive -> command.add("-XX:SharedArchiveFile=" + archive));
        command.add("-cp");
        command.add(classPath);
        command.add(MAIN_CLASS);
        options.forEach((key, value) -> command.add(key + "=" + value));
        return command;
    }

    /** The archive of classes that the build makes beside the jar. */
    private static Optional<Path> archive(String classPath) {
        return classPath.endsWith(JAR)
                ? Optional.of(Path.of(classPath.substring(0, classPath.length() - JAR.length()) + ".jsa"))
                        .filter(Files::isRegularFile)
                : Optional.empty();
    }

    /** The command line, as given. */
    public List<String> command() {
        return command;
    }

    public Path log() {
        return log;
    }

    /** Starts it and does not wait for it. Where a collector runs already, the new one sees its lock and ends. */
    public void launch() throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        var starter = new ProcessBuilder(onWindows() ? command : detached());
        starter.environment().remove(RunStart.RUN_ID_VARIABLE);
        starter.redirectInput(ProcessBuilder.Redirect.from(nothing()));
        starter.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        starter.redirectErrorStream(true);
        starter.start();
    }

    private List<String> detached() {
        var shell = new ArrayList<String>();
        shell.add("/bin/sh");
        shell.add("-c");
        // A background job of a shell that ends at once belongs to init. Without setsid, SIGINT and SIGQUIT are ignored
        // for such a job by the shell itself, and SIGHUP by nohup.
        shell.add("if command -v setsid >/dev/null 2>&1; then setsid \"$@\" & else nohup \"$@\" & fi");
        shell.add("wattledger-collector");
        shell.addAll(command);
        return shell;
    }

    private static boolean onWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    private static java.io.File nothing() {
        return new java.io.File(onWindows() ? "NUL" : "/dev/null");
    }
}
