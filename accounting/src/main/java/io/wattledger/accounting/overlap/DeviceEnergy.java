package io.wattledger.accounting.overlap;

import org.jspecify.annotations.Nullable;

/**
 * What one device reported for an interval.
 *
 * @param device its name
 * @param parent the device whose energy includes this one's, or null
 * @param millijoules energy, at least 0
 */
public record DeviceEnergy(String device, @Nullable String parent, long millijoules) {
    public DeviceEnergy {
        if (millijoules < 0) {
            throw new IllegalArgumentException("Energy of " + device + " below 0: " + millijoules + " mJ");
        }
    }
}
