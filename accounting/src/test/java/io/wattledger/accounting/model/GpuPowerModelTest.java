package io.wattledger.accounting.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wattledger.accounting.quantity.Power;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuPowerModelTest {
    /** What drivers reported: TDP or power limit in watts, utilisation in per cent, power in watts. */
    private record Point(String board, double tdp, int percent, double watts) {}

    private static final List<Point> REPORTED = List.of(
            new Point("A100-SXM4-80GB", 500, 0, 67.03),
            new Point("H100 80GB HBM3", 700, 0, 69.85),
            new Point("H100 80GB HBM3", 700, 100, 633),
            new Point("L40S", 350, 0, 37),
            new Point("L40S", 350, 9, 108),
            new Point("RTX 2080 SUPER, Linux", 250, 0, 37.62),
            new Point("RTX 2080 SUPER, Linux", 250, 8, 98),
            new Point("RTX 2080 SUPER, Windows", 250, 0, 38),
            new Point("RTX 3060", 170, 0, 11.6),
            new Point("RTX 3080", 320, 0, 22.78),
            new Point("RTX 4080 SUPER", 320, 0, 26),
            new Point("RTX 4080 SUPER", 320, 7, 84),
            new Point("Tesla T4", 70, 0, 26.78));

    /** TDP of the maker; idle and full power of Cloud Carbon Footprint, March 2024, Apache-2.0. */
    @ParameterizedTest
    @CsvSource({
        "K520, 225, 26, 229",
        "A10G, 150, 18, 153",
        "T4, 70, 8, 71",
        "M60, 300, 35, 306",
        "K80, 300, 35, 306",
        "V100, 300, 35, 306",
        "A100, 400, 46, 407",
        "P4, 75, 9, 76.5",
        "P100, 300, 36, 306"
    })
    void agreesWithThePublishedIdleAndFullPower(String board, double tdp, double idle, double full) {
        var model = GpuPowerModel.ofTdp(Power.ofWatts(tdp));

        assertThat(model.at(0).watts()).as(board).isCloseTo(idle, within(2.1));
        assertThat(model.at(1).watts()).as(board).isCloseTo(full, within(1.1));
    }

    @Test
    void bandHoldsWhatDriversReport() {
        var outside = REPORTED.stream()
                .filter(point -> {
                    var model = GpuPowerModel.ofTdp(Power.ofWatts(point.tdp()));
                    double load = point.percent() / 100.0;
                    double watts = model.at(load).watts();
                    return Math.abs(watts - point.watts()) > watts * model.bandThousandthsAt(load) / 1000;
                })
                .map(Point::board);

        assertThat(outside).containsExactly("Tesla T4");
    }

    @Test
    void isALineThatEndsAtTheEnds() {
        var model = GpuPowerModel.ofTdp(Power.ofWatts(200));

        assertThat(model.at(0.5)).isEqualTo(Power.ofWatts(114));
        assertThat(model.at(-1)).isEqualTo(model.at(0));
        assertThat(model.at(1.2)).isEqualTo(model.at(1));
    }

    @Test
    void refusesATdpOfNothing() {
        assertThatThrownBy(() -> GpuPowerModel.ofTdp(Power.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
