package io.wattledger.collector.sensor.exporter;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Another exporter's metrics as devices of this host. */
public final class ExporterSensor implements PowerSensor {
    private final Scrape scrape;
    private final String endpoint;
    private final List<Mapping> mappings;
    private final Set<String> metrics;
    private final String method;
    private final Duration stale;
    private final InstantSource clock;

    ExporterSensor(
            Scrape scrape,
            String endpoint,
            List<Mapping> mappings,
            String method,
            Duration stale,
            InstantSource clock) {
        this.scrape = scrape;
        this.endpoint = endpoint;
        this.mappings = mappings;
        this.metrics = mappings.stream().map(Mapping::metric).collect(Collectors.toUnmodifiableSet());
        this.method = method;
        this.stale = stale;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "exporter";
    }

    @Override
    public Set<Component> components() {
        return EnumSet.allOf(Component.class);
    }

    @Override
    public Availability probe() {
        try {
            var devices = read().stream().map(Reading::device).toList();
            return new Available(devices, endpoint);
        } catch (IOException e) {
            return Unavailable.silent(
                    String.valueOf(e.getMessage()),
                    "See that the exporter runs and can read its own sensors, and that " + ExporterConfig.URL + " and "
                            + ExporterConfig.METRICS + " are right.");
        }
    }

    /** One reading per device; a series that has no usable value is left out as long as another has. */
    @Override
    public List<Reading> read() throws IOException {
        try {
            return readings(Exposition.parse(scrape.text(), metrics));
        } catch (IOException e) {
            throw new IOException("Cannot take energy from " + endpoint + ": " + message(e), e);
        }
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private List<Reading> readings(List<Series> all) throws IOException {
        var readings = new LinkedHashMap<String, Reading>();
        var failures = new ArrayList<String>();
        for (var mapping : mappings) {
            var series = all.stream().filter(mapping::matches).toList();
            if (series.isEmpty() && !mapping.optional()) {
                failures.add("there is no " + mapping);
            }
            for (var one : series) {
                var device = mapping.device(one, method);
                try {
                    fresh(one);
                    if (readings.put(device.name(), mapping.unit().reading(device, one.value())) != null) {
                        throw new IOException("more than one series is the device '" + device.name()
                                + "'; name devices by a label in " + ExporterConfig.METRICS + ", such as "
                                + device.name() + "-{"
                                + String.join("}-{", one.labels().keySet()) + "}");
                    }
                } catch (IllegalArgumentException e) {
                    failures.add(one.metric() + one.labels() + ": " + e.getMessage());
                }
            }
        }
        if (readings.isEmpty()) {
            throw new IOException(String.join("; ", failures));
        }
        return List.copyOf(readings.values());
    }

    private void fresh(Series series) {
        var stamp = series.epochMillis();
        if (stamp != null && clock.millis() - stamp > stale.toMillis()) {
            throw new IllegalArgumentException("measured " + (clock.millis() - stamp) + " ms ago, more than "
                    + ExporterConfig.STALE_MS + " (" + stale.toMillis() + ")");
        }
    }
}
