package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.WorkDirectoryOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger bench sinks}. */
@Command(
        name = "sinks",
        description = {
            "Measure how many records a second the sinks take in a Kafka Connect worker, with a broker of its own in a"
                    + " temporary folder, beside Kafka Connect's own sink to a file, which reads the same topic.",
            "Receivers of sinks that send are in this process and take everything."
        })
final class SinkBenchCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;

    @ArgGroup
    private BenchOutput output = new BenchOutput();

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "400000",
            description = "Records of each kind. Default: ${DEFAULT-VALUE}.")
    private long records;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each sink reads all of them; the last round counts, when the worker is warm."
                    + " Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "Further option for the JVM of the worker; may be given again.")
    private List<String> javaOptions = List.of();

    @Mixin
    private WorkDirectoryOption workDirectory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (records < SinkLoad.RUNS) {
            throw wrong("--records must be at least " + SinkLoad.RUNS);
        }
        if (rounds < 1) {
            throw wrong("--rounds must be at least 1");
        }
        var measured = new SinkTrials(settings(), records, rounds).measure();
        output.print(spec, measured, measured.tables());
        return 0;
    }

    private BenchSettings settings() {
        return new BenchSettings(
                workDirectory.get(),
                PARTITIONS,
                1,
                Duration.ZERO,
                Map.of(),
                javaOptions,
                null,
                BenchOutput.progress(spec));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
