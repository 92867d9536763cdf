package io.wattledger.collector.sensor.powermetrics;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.accounting.quantity.PowerUnit;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code powermetrics} prints, as text or as plist; of several samples the last. Apple's chips name each part; Macs
 * with Intel's processors tell only the package, in watts. Totals ({@code Package Power}, {@code Combined Power}) repeat
 * the parts and are not taken.
 */
final class PowermetricsOutput {
    private static final String METHOD = "POWERMETRICS";
    private static final Device CPU = new Device("cpu", null, Component.CPU, METHOD);
    private static final Device GPU = new Device("gpu-0", null, Component.GPU, METHOD);
    private static final Device ANE = new Device("ane", null, Component.OTHER, METHOD);
    private static final Device DRAM = new Device("dram", null, Component.RAM, METHOD);

    /** Apple calls them estimates and does not say how good; our own judgement. */
    private static final int BAND_THOUSANDTHS = 200;

    private static final String SAMPLE = "*** Sampled system activity";
    private static final Pattern TEXT = Pattern.compile("(?m)^(CPU|GPU|ANE|DRAM) Power: (\\d+(?:\\.\\d+)?) mW\\s*$");
    private static final Pattern INTEL_TEXT =
            Pattern.compile("(?m)^Intel energy model derived package power \\([^)]*\\): (\\d+(?:\\.\\d+)?)W\\s*$");
    private static final Pattern PLIST = Pattern.compile(
            "<key>(cpu|gpu|ane|dram)_power</key>\\s*<(?:real|integer)>(\\d+(?:\\.\\d+)?)</(?:real|integer)>");
    private static final Pattern INTEL_PLIST =
            Pattern.compile("<key>package_watts</key>\\s*<(?:real|integer)>(\\d+(?:\\.\\d+)?)</(?:real|integer)>");

    private PowermetricsOutput() {}

    /**
     * The readings of the last sample.
     *
     * @throws IOException when there is no power in it
     */
    static List<Reading> parse(String output) throws IOException {
        var plist = output.contains("<plist");
        var sample = plist ? lastPlist(output) : output.substring(Math.max(0, output.lastIndexOf(SAMPLE)));
        var powers = new LinkedHashMap<Device, Power>();
        var parts = (plist ? PLIST : TEXT).matcher(sample);
        while (parts.find()) {
            powers.put(device(parts.group(1)), PowerUnit.MILLIWATT.power(Double.parseDouble(parts.group(2))));
        }
        var intel = (plist ? INTEL_PLIST : INTEL_TEXT).matcher(sample);
        if (powers.isEmpty() && intel.find()) {
            powers.put(CPU, PowerUnit.WATT.power(Double.parseDouble(intel.group(1))));
        }
        if (powers.isEmpty()) {
            throw new IOException("powermetrics told no power: " + shortened(sample.strip()));
        }
        return readings(powers);
    }

    /** Plists end with a NUL each, also the last. */
    private static String lastPlist(String output) {
        return output.substring(output.lastIndexOf("<plist"));
    }

    private static Device device(@Nullable String part) {
        return switch (String.valueOf(part)) {
            case "CPU", "cpu" -> CPU;
            case "GPU", "gpu" -> GPU;
            case "ANE", "ane" -> ANE;
            default -> DRAM;
        };
    }

    private static List<Reading> readings(Map<Device, Power> powers) {
        var readings = new ArrayList<Reading>();
        powers.forEach((device, power) -> readings.add(new PowerLevel(device, power, BAND_THOUSANDTHS)));
        return List.copyOf(readings);
    }

    private static String shortened(String text) {
        return text.isEmpty() ? "it printed nothing" : text.substring(0, Math.min(200, text.length()));
    }
}
