package io.wattledger.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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
    /** How to print, when not for people. */
    static final class Form {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Option(names = "--markdown", description = "Print a table for a page in Markdown.")
        private boolean markdown;
    }

    @ArgGroup
    private Form form = new Form();

    @Option(
            names = "--time",
            paramLabel = "DURATION",
            defaultValue = "120s",
            description = "How long to measure, each time. Default: ${DEFAULT-VALUE}.")
    private Duration time = Duration.ZERO;

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

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where the temporary folder goes. Default: that of the system.")
    private Path workDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (time.toMillis() < 1000) {
            throw new ParameterException(spec.commandLine(), "--time must be at least 1 second");
        }
        if (!Files.isDirectory(workDirectory)) {
            throw new ParameterException(spec.commandLine(), "--work-dir " + workDirectory + " is not a folder");
        }
        var err = spec.commandLine().getErr();
        var settings = new BenchSettings(workDirectory, 1, 1, Duration.ZERO, Map.of(), javaOptions, profile, line -> {
            err.println("bench: " + line + " …");
            err.flush();
        });
        var measured = new CollectorWeighing(settings, time).measure(publish);
        var out = spec.commandLine().getOut();
        if (form.json) {
            out.println(json(measured));
        } else {
            out.println(
                    form.markdown
                            ? measured.table().markdown()
                            : measured.table().text());
        }
        out.flush();
        return 0;
    }

    private static String json(CollectorBench measured) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(measured);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the measurement as JSON", e);
        }
    }
}
