package io.wattledger.collector.sensor.constant;

import io.wattledger.accounting.quantity.PowerUnit;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** {@code device:COMPONENT=watts[±watts]}, separated by commas. */
final class Constants {
    private static final String METHOD = "CONSTANT";

    /** What is known without a meter is seldom known better. */
    private static final int DEFAULT_BAND_THOUSANDTHS = 200;

    private static final Pattern FORM = Pattern.compile("(?<device>[^:=,\\s]+):(?<component>CPU|GPU|RAM|HOST|OTHER)="
            + "(?<watts>\\d+(\\.\\d+)?)\\s*((±|\\+-)\\s*(?<band>\\d+(\\.\\d+)?))?");

    private Constants() {}

    /**
     * The readings they always give.
     *
     * @throws IllegalArgumentException with all that is wrong
     */
    static List<Reading> parse(String text) {
        var readings = new ArrayList<Reading>();
        var names = new HashSet<String>();
        var problems = new ArrayList<String>();
        for (var part : text.split(",", -1)) {
            var matcher = FORM.matcher(part.trim());
            if (!matcher.matches()) {
                problems.add("'" + part.trim() + "' is not of the form device:COMPONENT=watts[±watts], for example"
                        + " disks:OTHER=24±4, with CPU, GPU, RAM, HOST or OTHER");
                continue;
            }
            var device =
                    new Device(matcher.group("device"), null, Component.valueOf(matcher.group("component")), METHOD);
            double watts = Double.parseDouble(matcher.group("watts"));
            if (!names.add(device.name())) {
                problems.add("'" + device.name() + "' is there twice");
            } else if (watts == 0) {
                problems.add("'" + part.trim() + "': a device without power has nothing to account for");
            } else {
                var band = matcher.group("band");
                readings.add(new PowerLevel(
                        device,
                        PowerUnit.WATT.power(watts),
                        band == null ? DEFAULT_BAND_THOUSANDTHS : thousandths(Double.parseDouble(band), watts)));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return List.copyOf(readings);
    }

    private static int thousandths(double band, double watts) {
        return (int) Math.ceil(1000 * band / watts);
    }
}
