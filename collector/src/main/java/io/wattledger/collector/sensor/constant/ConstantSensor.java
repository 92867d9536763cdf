package io.wattledger.collector.sensor.constant;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.util.List;
import java.util.Set;

/** What the setting says, every time. */
public final class ConstantSensor implements PowerSensor {
    private final List<Reading> readings;

    ConstantSensor(List<Reading> readings) {
        this.readings = readings;
    }

    @Override
    public String name() {
        return "constant";
    }

    @Override
    public Set<Component> components() {
        return Set.of();
    }

    @Override
    public Availability probe() {
        return new Available(readings.stream().map(Reading::device).toList(), ConstantConfig.WATTS);
    }

    @Override
    public List<Reading> read() {
        return readings;
    }
}
