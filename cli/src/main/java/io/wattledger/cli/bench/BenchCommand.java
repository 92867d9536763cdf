package io.wattledger.cli.bench;

import io.wattledger.cli.chaos.ChaosCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger bench}. */
@Command(
        name = "bench",
        description = "Measure what this machine can do and how good forecasts are, and test what the ledger endures.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LedgerBenchCommand.class,
            CollectorBenchCommand.class,
            SinkBenchCommand.class,
            ForecastBenchCommand.class,
            ChaosCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing required subcommand: ledger, collector, sinks, forecast or chaos");
    }
}
