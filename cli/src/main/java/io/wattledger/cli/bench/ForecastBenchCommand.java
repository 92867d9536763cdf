package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger bench forecast}. */
@Command(
        name = "forecast",
        description = {
            "Measure how good the built-in forecasts of carbon intensity are on recorded series.",
            "They are made again and again in the later half of each series, knowing only what was known by then, and"
                    + " compared with what came, and with two naive forecasts. Needs no broker."
        })
final class ForecastBenchCommand implements Callable<Integer> {
    @ArgGroup
    private BenchOutput output = new BenchOutput();

    @Option(
            names = "--series",
            arity = "1..*",
            required = true,
            paramLabel = "DIR|FILE",
            description =
                    "Recorded series: CSV files with the header epoch_ms,gco2_per_kwh, compressed by gzip or not, or"
                            + " folders with such files (.csv, .csv.gz).")
    private List<Path> series = List.of();

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description =
                    "Time between two forecasts. Default: 13h, which meets every hour of the day; 1h where there are"
                            + " fewer than 60 days to test.")
    private @Nullable Duration every;

    @Option(
            names = "--data",
            paramLabel = "TEXT",
            description = "Where the series come from, to be told on the page of --markdown.")
    private String data = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (every != null && every.toMinutes() < 1) {
            throw new ParameterException(spec.commandLine(), "--every must be at least 1 minute");
        }
        var measured = new ForecastBench(every, BenchOutput.progress(spec)).measure(files());
        var report = new ForecastReport(measured, LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC), data);
        output.print(spec, measured, report.preface(), report.tables());
        return measured.stream().allMatch(ForecastBench.Measured::beatsNaive) ? 0 : 1;
    }

    private List<Path> files() {
        var files = new ArrayList<Path>();
        for (var path : series) {
            if (Files.isDirectory(path)) {
                files.addAll(filesIn(path));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static List<Path> filesIn(Path folder) {
        try (var listed = Files.list(folder)) {
            var files = listed.filter(file ->
                            file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new Failure("Nothing was measured: there is no .csv or .csv.gz in " + folder
                        + "; give a folder with recorded series, or a file");
            }
            return files;
        } catch (IOException e) {
            throw new Failure("Nothing was measured: cannot read the folder " + folder + " (" + e + ")", e);
        }
    }
}
