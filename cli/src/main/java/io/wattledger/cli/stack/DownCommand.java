package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Waiting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wattledger down}. */
@Command(
        name = "down",
        description = {
            "Stop the embedded stack, and the collector that `wattledger run` started, and wait until they are gone.",
            "The data stay. Runs that are going on keep their collector; its samples wait on disk for the next stack."
        })
public final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var directory = dataDirectory.get();
        var out = spec.commandLine().getOut();
        var waiting = new Waiting(spec.commandLine().getErr(), "Stopping the stack");
        var collector = RunCollector.stop(directory, waiting);
        var stack = StackLauncher.stop(directory, waiting);
        switch (collector) {
            case STOPPED -> out.println("Stopped the collector.");
            case BUSY -> out.println("The collector stays, because a run is going on; its samples wait on disk.");
            case RESIDENT -> out.println("The collector stays: no run started it. Its samples wait on disk.");
            case ABSENT -> {}
        }
        out.println(stack ? "Stopped the stack." : "No stack is up in " + directory + ".");
        out.flush();
        return 0;
    }
}
