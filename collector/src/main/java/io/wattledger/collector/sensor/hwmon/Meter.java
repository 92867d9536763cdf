package io.wattledger.collector.sensor.hwmon;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;

/**
 * A meter.
 *
 * @param device what it is the meter of
 * @param source its files
 * @param bandThousandths its error
 */
record Meter(Device device, PowerSource source, int bandThousandths) {
    /**
     * No machine with one operating system draws as much. Older kernels show a value that the firmware calls unknown,
     * 0xFFFFFFFF mW, as 4.3 MW.
     */
    private static final Power LIMIT = new Power(100_000_000);

    /** @throws IOException also when it tells what cannot be; a part of a machine may well stand at 0, but not all of it */
    PowerLevel read() throws IOException {
        var power = source.read();
        if (power.milliwatts() > LIMIT.milliwatts()) {
            throw new IOException("it tells " + power.watts() + " W, which is not known rather than drawn");
        }
        if (power.milliwatts() == 0 && device.parent() == null) {
            throw new IOException("it stands at 0 W, which no running machine draws");
        }
        return new PowerLevel(device, power, bandThousandths);
    }
}
