package io.wattledger.accounting.generation;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Optional;

/**
 * What all plants of a zone together give.
 *
 * @param intensity Σ (power × factor) ÷ Σ power: the products are exact, and the quotient is rounded half to even once
 * @param renewableThousandths share of renewable electricity in thousandths, rounded half to even
 * @param carbonFreeThousandths share of renewable and nuclear electricity in thousandths, rounded half to even
 */
public record GenerationMix(CarbonIntensity intensity, int renewableThousandths, int carbonFreeThousandths) {
    private static final BigInteger THOUSANDTHS = BigInteger.valueOf(1000);

    /** The mix of these; nothing where none of them with a factor gives anything: that is unknown, not 0. */
    public static Optional<GenerationMix> of(Collection<Generation> plants) {
        var total = BigInteger.ZERO;
        var emissions = BigInteger.ZERO;
        var renewable = BigInteger.ZERO;
        var carbonFree = BigInteger.ZERO;
        for (var plant : plants) {
            if (plant.factor() == null || plant.power().milliwatts() <= 0) {
                continue;
            }
            var power = BigInteger.valueOf(plant.power().milliwatts());
            total = total.add(power);
            emissions = emissions.add(
                    power.multiply(BigInteger.valueOf(plant.factor().microgramsPerKwh())));
            renewable = plant.origin() == Origin.RENEWABLE ? renewable.add(power) : renewable;
            carbonFree = plant.origin().carbonFree() ? carbonFree.add(power) : carbonFree;
        }
        return total.signum() == 0
                ? Optional.empty()
                : Optional.of(new GenerationMix(
                        new CarbonIntensity(quotient(emissions, total)),
                        Math.toIntExact(quotient(renewable.multiply(THOUSANDTHS), total)),
                        Math.toIntExact(quotient(carbonFree.multiply(THOUSANDTHS), total))));
    }

    private static long quotient(BigInteger dividend, BigInteger divisor) {
        return new BigDecimal(dividend)
                .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
