package io.wattledger.cli.run;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.collector.control.RunStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The command to be measured. */
final class Command {
    private final List<String> arguments;
    private final boolean outputToError;

    /**
     * @param arguments program and arguments
     * @param outputToError whether its standard output goes to our standard error, because ours is for something else
     */
    Command(List<String> arguments, boolean outputToError) {
        this.arguments = List.copyOf(arguments);
        this.outputToError = outputToError;
    }

    /**
     * Finds the program before anything is begun.
     *
     * @throws Failure when there is none of that name
     */
    void check() {
        var program = arguments.get(0);
        if (program.contains("/")) {
            if (!Files.isExecutable(Path.of(program)) || Files.isDirectory(Path.of(program))) {
                throw new Failure("Cannot run '" + program + "': it is not there or not executable; check the path");
            }
            return;
        }
        var path = System.getenv().getOrDefault("PATH", "");
        boolean found = Pattern.compile(":")
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .anyMatch(file -> Files.isExecutable(file) && !Files.isDirectory(file));
        if (!found) {
            throw new Failure("Cannot run '" + program + "': no such program on the PATH (" + path
                    + "); check its name, or give its path");
        }
    }

    /**
     * Starts it with our standard streams.
     *
     * @param variables environment variables that it has besides ours
     */
    Process start(String run, Map<String, String> variables) throws IOException {
        var builder = new ProcessBuilder(outputToError ? redirected() : arguments).inheritIO();
        builder.environment().putAll(variables);
        builder.environment().put(RunStart.RUN_ID_VARIABLE, run);
        return builder.start();
    }

    /** The shell replaces itself by the command, so there is no process in between. */
    private List<String> redirected() {
        var shell = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" >&2", "wattledger"));
        shell.addAll(arguments);
        return shell;
    }
}
