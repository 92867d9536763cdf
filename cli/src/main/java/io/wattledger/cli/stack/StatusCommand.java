package io.wattledger.cli.stack;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wattledger status}. */
@Command(
        name = "status",
        description = "Show whether the embedded stack is up, where its parts listen, and whether they answer.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:up, and every part answers", "1:not up, or some part does not answer"})
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var directory = dataDirectory.get();
        var out = spec.commandLine().getOut();
        var stack = RunningStack.find(directory);
        if (stack.isEmpty()) {
            var starting = DirectoryLock.holder(directory);
            out.println(starting.map(process -> "The stack is starting (process " + process.pid() + ").")
                    .orElse("No stack is up in " + directory + "; `wattledger up` starts one."));
            out.flush();
            return 1;
        }
        out.println("The stack is up (process " + stack.get().pid() + ").");
        StackText.print(stack.get(), directory, out);
        var problems = Health.of(stack.get());
        problems.forEach(out::println);
        out.flush();
        return problems.isEmpty() ? 0 : 1;
    }
}
