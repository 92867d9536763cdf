package io.wattledger.accounting.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CpuPowerModelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CpuPowerModel MODEL = CpuPowerModel.ofTdp(Power.ofWatts(100));

    private record Point(String cpu, double tdp, double load, double watts) {
        double modelled() {
            return over().energy().joules();
        }

        ModelledEnergy over() {
            return CpuPowerModel.ofTdp(Power.ofWatts(tdp)).over(SECOND, load);
        }

        double error() {
            return Math.abs(modelled() - watts) / watts;
        }
    }

    @Test
    void isWithinAThirdOfMeasuredProcessorsOnAverage() throws IOException {
        var errorByCpu =
                points().stream().collect(Collectors.groupingBy(Point::cpu, Collectors.averagingDouble(Point::error)));

        assertThat(errorByCpu).hasSize(4);
        assertThat(errorByCpu.values()).allMatch(error -> error < 0.45);
        double mean = errorByCpu.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        assertThat(mean).isLessThan(0.33);
    }

    @Test
    void holdsFourMeasuredPointsInFiveInItsBand() throws IOException {
        var points = points();
        var inside = points.stream()
                .filter(point -> Math.abs(point.modelled() - point.watts)
                        <= point.over().band().joules())
                .count();

        assertThat((double) inside / points.size()).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void takesPowerWithoutLoad() {
        assertThat(MODEL.over(SECOND, 0).energy()).isEqualTo(new Energy(9_000));
        assertThat(MODEL.idle()).isEqualTo(Power.ofWatts(9));
    }

    @Test
    void takesMorePowerTheHigherTheLoad() {
        for (int percent = 0; percent < 100; percent++) {
            assertThat(MODEL.over(SECOND, (percent + 1) / 100.0).energy())
                    .isGreaterThan(MODEL.over(SECOND, percent / 100.0).energy());
        }
    }

    @Test
    void takesALoadBeyondFullForFull() {
        assertThat(MODEL.over(SECOND, 1.3)).isEqualTo(MODEL.over(SECOND, 1));
        assertThat(MODEL.over(SECOND, -0.1)).isEqualTo(MODEL.over(SECOND, 0));
    }

    @Test
    void isLessSureOfAnAssumedTdp() {
        var assumed = CpuPowerModel.ofAssumedTdp(Power.ofWatts(100));

        assertThat(assumed.over(SECOND, 0.5).energy())
                .isEqualTo(MODEL.over(SECOND, 0.5).energy());
        assertThat(assumed.over(SECOND, 0.5).band())
                .isGreaterThan(MODEL.over(SECOND, 0.5).band());
        assertThat(assumed.bandPercentAtFullLoad()).isGreaterThan(MODEL.bandPercentAtFullLoad());
    }

    @Test
    void refusesAProcessorWithoutPower() {
        assertThatThrownBy(() -> CpuPowerModel.ofTdp(Power.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Point> points() throws IOException {
        var stream = Objects.requireNonNull(CpuPowerModelTest.class.getResourceAsStream("cpu-load-points.csv"));
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("cpu;"))
                    .map(line -> line.split(";"))
                    .map(fields -> new Point(
                            fields[0],
                            Double.parseDouble(fields[1]),
                            Double.parseDouble(fields[2]) / 100,
                            Double.parseDouble(fields[3])))
                    .toList();
        }
    }
}
