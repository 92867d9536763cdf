package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wattledger up}. */
@Command(
        name = "up",
        description = {
            "Start the embedded stack in the background: Kafka broker, schema registry, Kafka Connect and streams.",
            "It stays until `wattledger down`, also when `wattledger run` started it and it would have stopped by itself."
        })
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Mixin
    private PortOptions ports;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var directory = dataDirectory.get().prepare();
        var waiting = new Waiting(spec.commandLine().getErr(), "Starting the embedded stack");
        var running = RunningStack.find(directory);
        var stack = running.isPresent()
                ? running.get()
                : StackLauncher.start(directory, ports.arguments()).await(waiting);
        Files.write(directory.stay(), new byte[0], StandardOpenOption.CREATE);
        var out = spec.commandLine().getOut();
        out.println(
                running.isPresent() ? "The stack is already up (process " + stack.pid() + ")." : "The stack is up.");
        StackText.print(stack, directory, out);
        return 0;
    }
}
