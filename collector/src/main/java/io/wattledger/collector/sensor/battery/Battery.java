package io.wattledger.collector.sensor.battery;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.accounting.quantity.PowerUnit;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One battery.
 *
 * @param name for people
 * @param discharging whether the machine runs on it
 * @param milliwatts what goes into it or, while it is discharging, what it gives; some systems write the latter below 0
 */
record Battery(String name, boolean discharging, double milliwatts) {
    /**
     * What all batteries of the machine give together.
     *
     * @throws IOException when none gives anything, or one does and does not say how much
     */
    static Power given(List<Battery> batteries) throws IOException {
        var giving = batteries.stream().filter(Battery::discharging).toList();
        if (giving.isEmpty()) {
            throw new IOException("The machine does not run on its battery, which so tells nothing of its power ("
                    + names(batteries) + ").");
        }
        double sum = 0;
        for (var battery : giving) {
            double given = Math.abs(battery.milliwatts);
            if (!(given > 0)) {
                throw new IOException("Battery " + battery.name + " is discharging but does not say with what power ("
                        + battery.milliwatts + " mW).");
            }
            sum += given;
        }
        return PowerUnit.MILLIWATT.power(sum);
    }

    static String names(List<Battery> batteries) {
        return batteries.stream().map(Battery::name).collect(Collectors.joining(", "));
    }
}
