package io.wattledger.collector.sensor.battery;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import oshi.SystemInfo;

/** Device {@code host} while the machine runs on its battery. */
public final class BatterySensor implements PowerSensor {
    private static final Device HOST = new Device("host", null, Component.HOST, "BATTERY");

    /** Fuel gauges average over some seconds and are seldom better; our own judgement. */
    private static final int BAND_THOUSANDTHS = 100;

    private final Supplier<List<Battery>> batteries;

    /** Of the machine we run on. */
    public BatterySensor() {
        this(() -> new SystemInfo()
                .getHardware().getPowerSources().stream()
                        .map(source ->
                                new Battery(source.getName(), source.isDischarging(), source.getPowerUsageRate()))
                        .filter(battery -> !battery.name().equals("Unknown"))
                        .toList());
    }

    BatterySensor(Supplier<List<Battery>> batteries) {
        this.batteries = batteries;
    }

    @Override
    public String name() {
        return "battery";
    }

    @Override
    public Set<Component> components() {
        return Set.of(Component.HOST);
    }

    @Override
    public Availability probe() {
        var found = batteries.get();
        if (found.isEmpty()) {
            return Unavailable.absent("This machine has no battery.", "Nothing.");
        }
        return new Available(List.of(HOST), Battery.names(found) + ", while the machine runs on it");
    }

    @Override
    public List<Reading> read() throws IOException {
        return List.of(new PowerLevel(HOST, Battery.given(batteries.get()), BAND_THOUSANDTHS));
    }
}
