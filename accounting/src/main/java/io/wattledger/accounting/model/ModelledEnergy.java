package io.wattledger.accounting.model;

import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import java.time.Duration;

/**
 * Energy by a model.
 *
 * @param energy best estimate
 * @param band half width of the error band
 */
public record ModelledEnergy(Energy energy, Energy band) {
    static ModelledEnergy of(double watts, double bandWatts, Duration time) {
        return new ModelledEnergy(
                Power.ofWatts(watts).over(time), Power.ofWatts(bandWatts).over(time));
    }
}
