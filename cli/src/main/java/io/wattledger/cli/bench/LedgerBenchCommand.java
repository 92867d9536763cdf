package io.wattledger.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattledger bench ledger}. */
@Command(name = "ledger", description = "Measure how fast the ledger is.")
final class LedgerBenchCommand implements Callable<Integer> {
    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "4000000",
            description = "Samples to load. Default: ${DEFAULT-VALUE}.")
    private long samples;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Hosts they are of. Default: ${DEFAULT-VALUE}.")
    private int hosts;

    @Option(
            names = "--samples-per-record",
            paramLabel = "N,…",
            split = ",",
            defaultValue = "1,10",
            description = "x. Default: ${DEFAULT-VALUE}.")
    private List<Integer> samplesPerRecord = List.of();

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "x. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "x. Default: ${DEFAULT-VALUE}.")
    private Duration patience = Duration.ZERO;

    @Option(names = "--profile", paramLabel = "DIR", description = "x.")
    private @Nullable Path profile;

    @Option(names = "--work-dir", paramLabel = "DIR", description = "x.")
    private Path workDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var settings = new BenchSettings(workDirectory, 4, threads, patience, List.of(), profile, line -> {
            err.println("bench: " + line + " …");
            err.flush();
        });
        var results = new ArrayList<Throughput.Result>();
        for (int count : samplesPerRecord) {
            var workload = Workload.backlog(samples, hosts, count, 2, 10, Instant.now());
            var result = new Throughput(settings, workload).measure();
            results.add(result);
            out.println(result);
            out.printf("b/a %.3f b/c %.3f%n", result.ledgerToBare(), result.ledgerToTextbook());
            out.flush();
        }
        return 0;
    }
}
