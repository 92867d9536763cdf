package io.wattledger.collector.sensor.exporter;

import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which device a metric is: {@code metric{label="value"}=device:COMPONENT:unit[:parent]}. Where several series have these
 * labels, {@code {label}} in the name of the device stands for the value of a label, and each series is a device.
 *
 * @param metric name of the metric
 * @param labels labels a series must have, with these values; it may have others
 * @param device name of the device, with placeholders
 * @param component what it is
 * @param unit what the value is
 * @param parent name of the device around it, with the same placeholders, or null
 * @param optional whether an exporter may do without it
 */
record Mapping(
        String metric,
        Map<String, String> labels,
        String device,
        Component component,
        Unit unit,
        @Nullable String parent,
        boolean optional) {
    private static final Pattern FORM = Pattern.compile(
            "(?<metric>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>.*)})?=(?<device>[^:=,\\s\"]+):(?<component>[A-Z]+)"
                    + ":(?<unit>[a-z_]+)(:(?<parent>[^:=,\\s\"]+))?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z_][a-zA-Z0-9_]*)}");

    static final String SCAPHANDRE = "scaphandre";
    static final String KEPLER = "kepler";

    /**
     * Scaphandre 1.0: what it calls the host is RAPL's psys, or where that is missing the sum of the sockets.
     *
     * <p>Kepler 0.10 and later: all zones of a name are one series, whatever the number of sockets.
     */
    private static final Map<String, String> PRESETS = Map.of(SCAPHANDRE, """
            scaph_host_power_microwatts=host:HOST:microwatts,\
            ?scaph_socket_power_microwatts=socket-{socket_id}:CPU:microwatts:host""", KEPLER, """
            ?kepler_node_cpu_joules_total{zone="psys"}=psys:OTHER:joules_total,\
            kepler_node_cpu_joules_total{zone="package"}=package:CPU:joules_total:psys,\
            ?kepler_node_cpu_joules_total{zone="core"}=core:CPU:joules_total:package,\
            ?kepler_node_cpu_joules_total{zone="uncore"}=uncore:OTHER:joules_total:package,\
            ?kepler_node_cpu_joules_total{zone="dram"}=dram:RAM:joules_total:psys""");

    /** Names of the ready-made mappings. */
    static List<String> presets() {
        return List.of(SCAPHANDRE, KEPLER);
    }

    /**
     * The mappings of a setting: the name of a ready-made one, or mappings separated by commas, of which those that begin
     * with a question mark may be missing.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static List<Mapping> parse(String setting) {
        var text = PRESETS.getOrDefault(setting.trim(), setting);
        var mappings = new ArrayList<Mapping>();
        for (var part : split(text)) {
            mappings.add(one(part.trim()));
        }
        return List.copyOf(mappings);
    }

    /** Parts between commas that are neither in braces nor in quotes. */
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int start = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}') {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Mapping one(String text) {
        boolean optional = text.startsWith("?");
        var matcher = FORM.matcher(optional ? text.substring(1) : text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not of the form"
                    + " metric{label=\"value\"}=device:COMPONENT:unit, for example"
                    + " node_rapl_package_joules_total=package-{index}:CPU:joules_total");
        }
        try {
            var labels = matcher.group("labels");
            return new Mapping(
                    matcher.group("metric"),
                    labels == null ? Map.of() : Exposition.labels(labels),
                    matcher.group("device"),
                    component(matcher.group("component")),
                    Unit.of(matcher.group("unit")),
                    matcher.group("parent"),
                    optional);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }

    private static Component component(String text) {
        return Arrays.stream(Component.values())
                .filter(component -> component.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "component '" + text + "' is not one of " + Arrays.toString(Component.values())));
    }

    boolean matches(Series series) {
        return series.metric().equals(metric) && series.labels().entrySet().containsAll(labels.entrySet());
    }

    /**
     * The device of a series.
     *
     * @throws IOException when it lacks a label that the name of the device is made of
     */
    Device device(Series series, String method) throws IOException {
        return new Device(filled(device, series), parent == null ? null : filled(parent, series), component, method);
    }

    private static String filled(String template, Series series) throws IOException {
        var name = new StringBuilder();
        var matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            var value = series.labels().get(matcher.group(1));
            if (value == null) {
                throw new IOException(series.metric() + " has no label " + matcher.group(1) + " to name the device '"
                        + template + "' by; it has " + series.labels().keySet());
            }
            matcher.appendReplacement(name, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(name).toString();
    }

    /** The metric with the labels asked for, as it is written in the setting. */
    @Override
    public String toString() {
        return metric + (labels.isEmpty() ? "" : labels);
    }
}
