package io.wattledger.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger bench}. */
@Command(
        name = "bench",
        description = "Measure what this machine can do.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = LedgerBenchCommand.class)
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: ledger");
    }
}
