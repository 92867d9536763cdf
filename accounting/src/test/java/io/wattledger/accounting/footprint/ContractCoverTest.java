package io.wattledger.accounting.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.footprint.ContractCover.Instrument;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractCoverTest {
    private static final CarbonIntensity REST = new CarbonIntensity(400_000_000);

    @Test
    void weighsInstrumentsAndTheRestByTheirShares() {
        var cover = cover(
                new Instrument(new CarbonIntensity(0), 500), new Instrument(new CarbonIntensity(10_000_000), 250));
        assertThat(cover.isWhole()).isFalse();
        assertThat(cover.with(REST)).isEqualTo(new CarbonIntensity(102_500_000));
        assertThat(cover.coveredOf(new Energy(1_001))).isEqualTo(new Energy(751));
        assertThatThrownBy(cover::intensity).hasMessageContaining("750 thousandths");
    }

    @Test
    void whereAllIsCoveredTheRestDoesNotMatter() {
        var cover = cover(new Instrument(new CarbonIntensity(8_000_000), 1000));
        assertThat(cover.isWhole()).isTrue();
        assertThat(cover.intensity()).isEqualTo(new CarbonIntensity(8_000_000)).isEqualTo(cover.with(REST));
        assertThat(cover.coveredOf(new Energy(7))).isEqualTo(new Energy(7));
    }

    @Test
    void roundsOnceHalfToEven() {
        assertThat(cover(new Instrument(new CarbonIntensity(1), 500)).with(new CarbonIntensity(0)))
                .isEqualTo(new CarbonIntensity(0));
        assertThat(cover(new Instrument(new CarbonIntensity(3), 500)).with(new CarbonIntensity(0)))
                .isEqualTo(new CarbonIntensity(2));
        assertThat(cover(new Instrument(new CarbonIntensity(1), 400), new Instrument(new CarbonIntensity(1), 400))
                        .with(new CarbonIntensity(0)))
                .isEqualTo(new CarbonIntensity(1));
    }

    @Test
    void refusesSharesThatCannotBe() {
        assertThatThrownBy(() -> cover()).hasMessageContaining("no more than all");
        assertThatThrownBy(() -> cover(new Instrument(REST, 600), new Instrument(REST, 401)))
                .hasMessageContaining("no more than all");
        assertThatThrownBy(() -> new Instrument(REST, 0)).hasMessageContaining("0 thousandths");
        assertThatThrownBy(() -> new Instrument(REST, 1001)).hasMessageContaining("1001 thousandths");
    }

    @Test
    void isTheExactMeanOfItsPartsAndTheRest() {
        Cases.check(300, random -> {
            var instruments = new ArrayList<Instrument>();
            var rest = new CarbonIntensity(random.nextLong(1_000_000_000L));
            int left = 1000;
            var sum = BigDecimal.ZERO;
            for (int i = 0; i <= random.nextInt(4) && left > 1; i++) {
                int share = 1 + random.nextInt(left - 1);
                var intensity = new CarbonIntensity(random.nextLong(1_000_000_000L));
                instruments.add(new Instrument(intensity, share));
                left -= share;
                sum = sum.add(BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(intensity.microgramsPerKwh())));
            }
            sum = sum.add(BigDecimal.valueOf(left).multiply(BigDecimal.valueOf(rest.microgramsPerKwh())));
            assertThat(new ContractCover(instruments).with(rest).microgramsPerKwh())
                    .isEqualTo(sum.divide(BigDecimal.valueOf(1000), 0, RoundingMode.HALF_EVEN)
                            .longValueExact());
        });
    }

    private static ContractCover cover(Instrument... instruments) {
        return new ContractCover(List.of(instruments));
    }
}
