package io.wattledger.collector.sensor;

import io.wattledger.accounting.quantity.Power;

/** What a sensor said about one device at one moment, raw. */
public sealed interface Reading {
    Device device();

    /** Error of the energy in thousandths of it. */
    int bandThousandths();

    /** The same of the device as it is known elsewhere. */
    Reading of(Device device);

    /**
     * A counter of energy. The energy of an interval is the difference of two reads.
     *
     * @param microjoules its value
     * @param rangeMicrojoules the value at which it wraps to 0; 0 when it does not wrap
     * @param limit the highest plausible power of the device, above which a difference is not believed
     */
    record EnergyCounter(Device device, long microjoules, long rangeMicrojoules, Power limit, int bandThousandths)
            implements Reading {
        @Override
        public EnergyCounter of(Device other) {
            return new EnergyCounter(other, microjoules, rangeMicrojoules, limit, bandThousandths);
        }
    }

    /** Power at this moment. The energy of an interval is the mean of both ends times its length. */
    record PowerLevel(Device device, Power power, int bandThousandths) implements Reading {
        @Override
        public PowerLevel of(Device other) {
            return new PowerLevel(other, power, bandThousandths);
        }
    }
}
