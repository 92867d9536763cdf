package io.wattledger.accounting.overlap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The energy of each device without that of the devices inside it. These add up to the energy of the outermost devices.
 *
 * @param millijoules per device, in the order given
 * @param clamped whether devices inside another one reported more than it did; they were scaled down to it
 */
public record ExclusiveEnergy(long[] millijoules, boolean clamped) {

    /** Of devices whose tree is not kept. */
    public static ExclusiveEnergy of(List<DeviceEnergy> devices) {
        var names = new ArrayList<String>();
        var parents = new ArrayList<@Nullable String>();
        var energies = new long[devices.size()];
        for (int i = 0; i < energies.length; i++) {
            names.add(devices.get(i).device());
            parents.add(devices.get(i).parent());
            energies[i] = devices.get(i).millijoules();
        }
        return new DeviceTree(names, parents).divide(energies);
    }
}
