package io.wattledger.accounting.generation;

import static io.wattledger.accounting.generation.Origin.NUCLEAR;
import static io.wattledger.accounting.generation.Origin.OTHER;
import static io.wattledger.accounting.generation.Origin.RENEWABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GenerationMixTest {
    private static final Generation STORAGE = new Generation(megawatts("500"), null, OTHER);

    @Test
    void weighsEachFactorByThePower() {
        // (3000 × 11 + 1000 × 12 + 1000 × 490) / 5000 = 107
        assertThat(mix(plant("3000", "11", RENEWABLE), plant("1000", "12", NUCLEAR), plant("1000", "490", OTHER)))
                .isEqualTo(new GenerationMix(intensity("107"), 600, 800));
    }

    @Test
    void roundsOnceHalfToEven() {
        // 1 µg and 2 µg in equal parts: 1.5, and 2 µg and 3 µg: 2.5
        assertThat(mix(plant("1", "0.000001", OTHER), plant("1", "0.000002", OTHER))
                        .intensity())
                .isEqualTo(new CarbonIntensity(2));
        assertThat(mix(plant("1", "0.000002", OTHER), plant("1", "0.000003", OTHER))
                        .intensity())
                .isEqualTo(new CarbonIntensity(2));
    }

    @Test
    void aMixOfFactorsOfNoughtIsNought() {
        assertThat(mix(plant("10", "0", RENEWABLE)).intensity()).isEqualTo(new CarbonIntensity(0));
    }

    @Test
    void withoutGenerationThereIsNoIntensity() {
        assertThat(GenerationMix.of(List.of())).isEmpty();
        assertThat(GenerationMix.of(List.of(plant("0", "490", OTHER)))).isEmpty();
        assertThat(GenerationMix.of(List.of(STORAGE))).isEmpty();
    }

    @Test
    void whatTakesMoreThanItGivesIsNoGeneration() {
        assertThat(mix(plant("100", "490", OTHER), plant("-30", "48", RENEWABLE)))
                .isEqualTo(new GenerationMix(intensity("490"), 0, 0));
    }

    @Test
    void storageChangesNothing() {
        var wind = plant("700", "11", RENEWABLE);
        var gas = plant("300", "490", OTHER);
        assertThat(mix(wind, STORAGE, gas)).isEqualTo(mix(wind, gas));
    }

    @Test
    void readsMegawattsToTheMilliwatt() {
        assertThat(megawatts("0.0000000005")).isEqualTo(new Power(0));
        assertThat(megawatts("120.5")).isEqualTo(new Power(120_500_000_000L));
    }

    @Test
    void isExactForAnyFleet() {
        Cases.check(300, random -> {
            var plants = plants(random);
            var total = BigDecimal.ZERO;
            var emissions = BigDecimal.ZERO;
            for (var plant : plants) {
                if (plant.factor() != null && plant.power().milliwatts() > 0) {
                    var power = BigDecimal.valueOf(plant.power().milliwatts());
                    total = total.add(power);
                    emissions = emissions.add(
                            power.multiply(BigDecimal.valueOf(plant.factor().microgramsPerKwh())));
                }
            }
            var mix = GenerationMix.of(plants);
            assertThat(mix.isPresent()).isEqualTo(total.signum() > 0);
            if (mix.isPresent()) {
                assertThat(mix.get().intensity().microgramsPerKwh())
                        .isEqualTo(emissions
                                .divide(total, 0, RoundingMode.HALF_EVEN)
                                .longValueExact());
            }
        });
    }

    @Test
    void liesBetweenItsFactorsAndTheOrderOfPlantsDoesNotMatter() {
        Cases.check(300, random -> {
            var plants = plants(random);
            var mix = GenerationMix.of(plants);
            Collections.shuffle(plants, random);
            assertThat(GenerationMix.of(plants)).isEqualTo(mix);
            if (mix.isPresent()) {
                var factors = plants.stream()
                        .filter(plant -> plant.power().milliwatts() > 0)
                        .map(Generation::factor)
                        .filter(factor -> factor != null)
                        .mapToLong(CarbonIntensity::microgramsPerKwh)
                        .summaryStatistics();
                assertThat(mix.get().intensity().microgramsPerKwh()).isBetween(factors.getMin(), factors.getMax());
                assertThat(mix.get().renewableThousandths())
                        .isBetween(0, mix.get().carbonFreeThousandths());
                assertThat(mix.get().carbonFreeThousandths()).isBetween(0, 1000);
            }
        });
    }

    @Test
    void aPlantDividedInTwoAndAFleetTwiceAsBigGiveTheSame() {
        Cases.check(300, random -> {
            var plants = plants(random);
            var divided = new ArrayList<Generation>();
            var doubled = new ArrayList<Generation>();
            for (var plant : plants) {
                long power = plant.power().milliwatts();
                long part = power <= 0 ? 0 : random.nextLong(power + 1);
                divided.add(of(part, plant));
                divided.add(of(power - part, plant));
                doubled.add(of(2 * power, plant));
            }
            assertThat(GenerationMix.of(divided)).isEqualTo(GenerationMix.of(plants));
            assertThat(GenerationMix.of(doubled)).isEqualTo(GenerationMix.of(plants));
        });
    }

    /** Up to 20 plants of up to 1 TW, some that take, some without a factor. */
    private static List<Generation> plants(Random random) {
        var plants = new ArrayList<Generation>();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            long power = random.nextLong(1_000_000_000_000_000L) - 100_000_000_000_000L;
            var factor = random.nextInt(5) == 0 ? null : new CarbonIntensity(random.nextLong(1_300_000_000L));
            plants.add(new Generation(new Power(power), factor, Origin.values()[random.nextInt(3)]));
        }
        return plants;
    }

    private static Generation of(long milliwatts, Generation plant) {
        return new Generation(new Power(milliwatts), plant.factor(), plant.origin());
    }

    private static GenerationMix mix(Generation... plants) {
        return GenerationMix.of(List.of(plants)).orElseThrow();
    }

    private static Generation plant(String megawatts, String grams, Origin origin) {
        return new Generation(megawatts(megawatts), intensity(grams), origin);
    }

    private static Power megawatts(String text) {
        return Power.ofMegawatts(new BigDecimal(text));
    }

    private static CarbonIntensity intensity(String grams) {
        return CarbonIntensity.ofGramsPerKwh(new BigDecimal(grams));
    }
}
