package io.wattledger.cli.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.wattledger.cli.terminal.WorkDirectoryOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger bench chaos}. */
@Command(
        name = "chaos",
        description = {
            "Kill collectors, broker, registry, Connect and streams at random moments, fill their disks and cut their"
                    + " connections while hosts with known counters have runs going on; then compare the ledger with what"
                    + " it must be.",
            "Everything runs in a temporary folder on this machine. Exit code 1 when anything differs."
        })
public final class ChaosCommand implements Callable<Integer> {
    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "50",
            description = "How often to kill some process with SIGKILL. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same faults in the same order. Default: any, which is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "3",
            description = "Hosts, each with a collector and runs of its own. Default: ${DEFAULT-VALUE}.")
    private int hosts;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "200ms",
            description = "Time between two samples of a host. Default: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "90s",
            description =
                    "How long the ledger may take to be right, once everything has arrived. Default: ${DEFAULT-VALUE}.")
    private Duration patience = Duration.ZERO;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--logs", paramLabel = "DIR", description = "Keep the logs of all processes in this folder.")
    private @Nullable Path logs;

    @Mixin
    private WorkDirectoryOption workDirectory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        atLeastOne("--kills", kills);
        atLeastOne("--hosts", hosts);
        atLeastOne("--interval", interval.toMillis());
        var err = spec.commandLine().getErr();
        var report = Chaos.run(new Chaos.Settings(
                seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
                kills,
                hosts,
                interval,
                patience,
                workDirectory.get(),
                logs,
                line -> {
                    err.println("chaos: " + line);
                    err.flush();
                }));
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(json(report));
        } else {
            new ChaosText(out).print(report);
        }
        out.flush();
        return report.isExact() ? 0 : 1;
    }

    private void atLeastOne(String option, long value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1");
        }
    }

    private static String json(ChaosReport report) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the report as JSON", e);
        }
    }
}
