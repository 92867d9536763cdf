package io.wattledger.collector.sensor.rammodel;

import io.wattledger.accounting.model.ModelledEnergy;
import io.wattledger.accounting.model.RamPowerModel;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerModel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Device {@code ram}: all memory the system can see. */
public final class RamSizeModel implements PowerModel {
    private static final Device RAM = new Device("ram", null, Component.RAM, "MODEL_RAM_SIZE");

    private final long bytes;
    private final RamPowerModel model;

    /** @param bytes installed memory; 0 when not known */
    public RamSizeModel(long bytes) {
        this.bytes = bytes;
        this.model = new RamPowerModel(bytes);
    }

    @Override
    public String name() {
        return "ram model";
    }

    @Override
    public Device device() {
        return RAM;
    }

    @Override
    public Availability probe() {
        if (bytes <= 0) {
            return Unavailable.absent(
                    "The size of the memory is not known (no MemTotal in /proc/meminfo).", "Mount /proc.");
        }
        return new Available(
                List.of(RAM),
                String.format(
                        Locale.ROOT,
                        "%.1f GB of memory: %.1f W",
                        bytes / 1e9,
                        model.power().watts()));
    }

    @Override
    public ModelledEnergy over(Duration time, double load) {
        return model.over(time);
    }

    @Override
    public Power idle() {
        return model.power();
    }

    @Override
    public int bandPercent() {
        return model.bandPercent();
    }
}
