package io.wattledger.collector.sensor.exporter;

import io.wattledger.accounting.quantity.EnergyUnit;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.accounting.quantity.PowerUnit;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the value of a metric is: a counter of energy or a power. */
enum Unit {
    JOULES_TOTAL {
        @Override
        Reading reading(Device device, double value) {
            return counter(device, EnergyUnit.JOULE, value);
        }
    },
    MILLIJOULES_TOTAL {
        @Override
        Reading reading(Device device, double value) {
            return counter(device, EnergyUnit.MILLIJOULE, value);
        }
    },
    MICROJOULES_TOTAL {
        @Override
        Reading reading(Device device, double value) {
            return counter(device, EnergyUnit.MICROJOULE, value);
        }
    },
    WATTS {
        @Override
        Reading reading(Device device, double value) {
            return level(device, PowerUnit.WATT, value);
        }
    },
    MILLIWATTS {
        @Override
        Reading reading(Device device, double value) {
            return level(device, PowerUnit.MILLIWATT, value);
        }
    },
    MICROWATTS {
        @Override
        Reading reading(Device device, double value) {
            return level(device, PowerUnit.MICROWATT, value);
        }
    };

    /** The exporter does not say how good its figures are; RAPL, which most of them read, is within 5 % of a meter. */
    private static final int BAND_THOUSANDTHS = 100;

    /** A machine with eight GPUs of 2026 draws up to 14 kW, all its processors together at most 4 kW. */
    private static final Power HOST_LIMIT = new Power(30_000_000);

    private static final Power PART_LIMIT = new Power(5_000_000);

    /**
     * The reading of a value.
     *
     * @throws IllegalArgumentException for a value that is no number, infinite or below 0
     */
    abstract Reading reading(Device device, double value);

    private static Reading counter(Device device, EnergyUnit unit, double value) {
        var limit = device.component() == Component.HOST ? HOST_LIMIT : PART_LIMIT;
        return new EnergyCounter(device, unit.microjoules(value), 0, limit, BAND_THOUSANDTHS);
    }

    private static Reading level(Device device, PowerUnit unit, double value) {
        return new PowerLevel(device, unit.power(value), BAND_THOUSANDTHS);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Unit of(String text) {
        return Arrays.stream(values())
                .filter(unit -> unit.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unit '" + text + "' is not one of "
                        + Arrays.stream(values()).map(Unit::toString).collect(Collectors.joining(", "))));
    }
}
