package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.WorkDirectoryOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger bench collector}. */
@Command(
        name = "collector",
        description = {
            "Measure what the collector weighs: CPU time, memory, bytes sent, and how long it takes to its first"
                    + " sample.",
            "It samples a host of two sockets and eight GPUs, made of files, once a second, and sends to a Kafka"
                    + " broker of its own in a temporary folder. Beside it runs a JVM that does nothing but send as many"
                    + " bytes."
        })
final class CollectorBenchCommand implements Callable<Integer> {
    @ArgGroup
    private BenchOutput output = new BenchOutput();

    @Option(
            names = "--time",
            paramLabel = "DURATION",
            defaultValue = "120s",
            description = "How long to measure, each time. Default: ${DEFAULT-VALUE}.")
    private Duration time = Duration.ZERO;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "90s",
            description = "How long it is left alone before, while the JVM compiles. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--publish",
            split = ",",
            paramLabel = "DURATION",
            defaultValue = "10s,1s",
            description = "Time between two sendings; one measurement for each of these. Default: ${DEFAULT-VALUE}.")
    private List<Duration> publish = List.of();

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "Further option for the JVM of the collector; may be given again.")
    private List<String> javaOptions = List.of();

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "Record the collector with Java Flight Recorder into this folder, which must be there.")
    private @Nullable Path profile;

    @Mixin
    private WorkDirectoryOption workDirectory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (time.toMillis() < 1000) {
            throw new ParameterException(spec.commandLine(), "--time must be at least 1 second");
        }
        var settings = new BenchSettings(
                workDirectory.get(), 1, 1, Duration.ZERO, Map.of(), javaOptions, profile, BenchOutput.progress(spec));
        var measured = new CollectorWeighing(settings, warmUp, time).measure(publish);
        output.print(spec, measured, List.of(measured.table()));
        return 0;
    }
}
