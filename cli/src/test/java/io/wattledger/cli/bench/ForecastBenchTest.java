package io.wattledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandRun;
import io.wattledger.testkit.Golden;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastBenchTest {
    private static final long START = 1_767_225_600_000L;

    @TempDir
    Path folder;

    /** 50 days of a daily rhythm with disturbances that last for some hours. */
    private Path series(String name, long stepMillis) throws IOException {
        var random = new Random(1);
        var text = new StringBuilder("epoch_ms,gco2_per_kwh\n");
        double disturbance = 0;
        for (long at = START; at < START + 50 * 86_400_000L; at += stepMillis) {
            disturbance = 0.95 * disturbance + 10 * random.nextGaussian();
            double grams = 300 + 80 * Math.sin(at / 86.4e6 * 2 * Math.PI) + disturbance;
            text.append(at).append(',').append(Math.max(0, grams)).append('\n');
        }
        var file = folder.resolve(name);
        if (!name.endsWith(".gz")) {
            return Files.writeString(file, text);
        }
        try (var out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.append(text);
        }
        return file;
    }

    private static CommandRun bench(Object... arguments) {
        var all = new String[3 + arguments.length];
        all[0] = "bench";
        all[1] = "forecast";
        all[2] = "--series";
        for (int i = 0; i < arguments.length; i++) {
            all[3 + i] = arguments[i].toString();
        }
        return CommandRun.of(all);
    }

    @Test
    void measuresTheSeriesOfAFolder() throws IOException {
        series("one.csv.gz", 3_600_000);
        series("two.csv", 3_600_000);
        Files.writeString(folder.resolve("README.md"), "no series");
        var run = bench(folder, "--every", "29h");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("one ", "two ", "job of 4 h").doesNotContain("README");
    }

    @Test
    void theJsonHasTheScores() throws IOException {
        var run = bench(series("one.csv", 1_800_000), "--json", "--every", "29h");
        assertThat(run.exitCode()).as(run.err()).isZero();
        var one = new ObjectMapper().readTree(run.out()).get(0);
        assertThat(one.get("name").asText()).isEqualTo("one");
        assertThat(one.get("slotMinutes").asInt()).isEqualTo(30);
        assertThat(one.get("sha256").asText()).hasSize(64);
        var first = one.get("score").get("leads").get(0);
        assertThat(first.get("hours").asInt()).isEqualTo(1);
        assertThat(first.get("error").asDouble())
                .isPositive()
                .isLessThan(first.get("yesterdayError").asDouble());
        assertThat(one.get("score").get("jobs")).hasSize(3);
    }

    @Test
    void theMarkdownIsAPage() throws IOException {
        var run = bench(series("one.csv", 3_600_000), "--every", "47h", "--markdown", "--data", "Made up for a test.");
        assertThat(run.out())
                .startsWith("# How good the forecasts are")
                .contains("Made up for a test.", "| one ", "**The series**");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        assertThat(bench(folder.resolve("absent.csv")).err()).contains("absent.csv", "check its path");
        assertThat(bench(folder).err()).contains("there is no .csv");
        var file = folder.resolve("bad.csv");
        Files.writeString(file, "time,value\n1,2\n");
        assertThat(bench(file).err()).contains("'time,value'", "epoch_ms,gco2_per_kwh");
        Files.writeString(file, "epoch_ms,gco2_per_kwh\n" + START + ",-3\n");
        assertThat(bench(file).err()).contains("line 2", START + ",-3");
        Files.writeString(file, "epoch_ms,gco2_per_kwh\n0,3\n7000,3\n14000,3\n");
        assertThat(bench(file).err()).contains("PT7S", "5, 15, 30 or 60 minutes");
        Files.writeString(file, "epoch_ms,gco2_per_kwh\n0,3\n3600000,3\n7200000,3\n");
        assertThat(bench(file)).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("two weeks");
        });
        assertThat(CommandRun.of("bench", "forecast").exitCode()).isEqualTo(2);
        assertThat(bench(file, "--every", "0s").exitCode()).isEqualTo(2);
    }

    /** Seldom, as it is a test; docs/forecast.md has the whole measurement. */
    @Test
    void isBetterThanBothNaiveForecastsOnEveryRecordedSeries() {
        var recorded = Golden.root().resolve("../shared/data/real/intensity");
        assumeTrue(Files.isDirectory(recorded), "no recorded series here");
        var run = bench(recorded, "--every", "491h");
        assertThat(run.exitCode()).as(run.out()).isZero();
    }
}
