package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Logging;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattledger stack}: the stack in this process. */
@Command(
        name = "stack",
        description = {
            "Run the embedded stack in the foreground, until it is told to end.",
            "This is what `wattledger up` starts in the background."
        })
public final class StackCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Mixin
    private PortOptions ports;

    @Option(
            names = "--available-ports",
            description = "Take the ports of last time, or free ones where these are taken.")
    private boolean availablePorts;

    @Option(
            names = "--idle-time",
            paramLabel = "TIME",
            description = "Stop when nobody has used the stack for so long, such as 30m. Default: never.")
    private @Nullable Duration idleTime;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.toStandardError();
        var directory = dataDirectory.get().prepare();
        StackProcess.run(directory, availablePorts ? StackPorts.available(directory) : ports.exactly(), idleTime);
        return 0;
    }
}
