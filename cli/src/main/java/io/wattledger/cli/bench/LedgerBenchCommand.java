package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.WorkDirectoryOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger bench ledger}. */
@Command(
        name = "ledger",
        description = {
            "Measure how fast the ledger is, with a Kafka broker of its own in a temporary folder.",
            "Its totals are compared with what they must be; when they are not exactly right, that is said, and the exit"
                    + " code is 1."
        })
final class LedgerBenchCommand implements Callable<Integer> {
    /** What can be measured. */
    enum Part {
        throughput,
        restate,
        latency,
        restart,
        scale
    }

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description =
                    "Measure only this: ${COMPLETION-CANDIDATES}; several with commas. Default: all but the last.")
    private Set<Part> parts = EnumSet.of(Part.throughput, Part.restate, Part.latency, Part.restart);

    @ArgGroup
    private BenchOutput output = new BenchOutput();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "4000000",
            description = "Samples to load for the throughput. Default: ${DEFAULT-VALUE}.")
    private long samples;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Hosts they are of. Default: ${DEFAULT-VALUE}.")
    private int hosts;

    @Option(
            names = "--samples-per-record",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,10",
            description = "Samples in one record; one measurement for each of these. Default: ${DEFAULT-VALUE}.")
    private List<Integer> samplesPerRecord = List.of();

    @Option(
            names = "--age",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "How long ago the last sample ended; slots of samples older than that are closed while they"
                    + " are loaded. Default: ${DEFAULT-VALUE}.")
    private Duration age = Duration.ZERO;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Rows to restate. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--revisions",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often to restate them. Default: ${DEFAULT-VALUE}.")
    private int revisions;

    @Option(
            names = "--live-hosts",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Hosts of the live latency, each with a sample a second. Default: ${DEFAULT-VALUE}.")
    private int liveHosts;

    @Option(
            names = "--live-time",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "How long to measure the live latency. Default: ${DEFAULT-VALUE}.")
    private Duration liveTime = Duration.ZERO;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "90s",
            description = "How long samples are sent live before latency counts. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--restart-rows",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Closed rows of 90 days to start again with, about. Default: ${DEFAULT-VALUE}.")
    private int restartRows;

    @Option(
            names = "--restart-watch",
            paramLabel = "DURATION",
            defaultValue = "35s",
            description =
                    "How long after each start to look for records that have not changed. Default: ${DEFAULT-VALUE}.")
    private Duration restartWatch = Duration.ZERO;

    @Option(
            names = "--scale-samples",
            paramLabel = "N",
            defaultValue = "400000",
            description = "Samples for each point of the growth. Default: ${DEFAULT-VALUE}.")
    private long scaleSamples;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Stream threads of the topologies. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of the topics that are partitioned by host. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long totals may stand still before they count as final. Default: ${DEFAULT-VALUE}.")
    private Duration patience = Duration.ZERO;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the ledger, see docs/configuration.md; may be given again.")
    private Map<String, String> set = Map.of();

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "Further option for the JVMs that are measured; may be given again.")
    private List<String> javaOptions = List.of();

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "Record the JVMs that are measured with Java Flight Recorder into this folder.")
    private @Nullable Path profile;

    @Mixin
    private WorkDirectoryOption workDirectory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        var measured = measure();
        output.print(spec, measured, LedgerTables.of(measured));
        return 0;
    }

    private void check() {
        atLeastOne("--hosts", hosts);
        samplesPerRecord.forEach(count -> atLeastOne("--samples-per-record", count));
        atLeastOne("--revisions", revisions);
        atLeastOne("--live-hosts", liveHosts);
        atLeastOne("--restart-rows", restartRows);
        atLeastOne("--threads", threads);
        atLeastOne("--partitions", partitions);
        if (liveTime.toSeconds() < 2) {
            throw wrong("--live-time must be at least 2 seconds");
        }
        if (samples < hosts) {
            throw wrong("--samples " + samples + " must be at least --hosts, which is " + hosts);
        }
    }

    private void atLeastOne(String option, long value) {
        if (value < 1) {
            throw wrong(option + " must be at least 1");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private LedgerBench measure() {
        var settings = settings();
        var throughput = parts.contains(Part.throughput)
                ? samplesPerRecord.stream()
                        .map(count -> new Throughput(settings, backlog(count)).measure())
                        .toList()
                : List.<Throughput.Result>of();
        var restatement = parts.contains(Part.restate)
                ? new Restatement(settings, rows, revisions, Instant.now()).measure()
                : null;
        var latency = parts.contains(Part.latency)
                ? new LiveLatency(settings, liveHosts, (int) liveTime.toSeconds(), (int) warmUp.toSeconds()).measure()
                : null;
        var restart = parts.contains(Part.restart)
                ? new Restart(settings, restartRows, restartWatch, Instant.now()).measure()
                : null;
        var scale =
                parts.contains(Part.scale) ? new Scaling(settings, scaleSamples).measure() : List.<Scaling.Point>of();
        return new LedgerBench(
                Machine.here(),
                set,
                javaOptions,
                threads,
                partitions,
                throughput,
                restatement,
                latency,
                restart,
                scale);
    }

    private Workload backlog(int perRecord) {
        return Workload.backlog(
                samples,
                hosts,
                perRecord,
                BenchSettings.RUNS_PER_HOST,
                BenchSettings.ZONES,
                Instant.now().minus(age));
    }

    private BenchSettings settings() {
        return new BenchSettings(
                workDirectory.get(),
                partitions,
                threads,
                patience,
                set,
                javaOptions,
                folder(profile),
                BenchOutput.progress(spec));
    }

    private static @Nullable Path folder(@Nullable Path folder) {
        try {
            return folder == null ? null : Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Failure("Cannot create the folder " + folder + " (" + e + ")", e);
        }
    }
}
