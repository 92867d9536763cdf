package io.wattledger.collector.snapshot;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.message.MalformedMessageException;
import io.wattledger.collector.message.Message;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One moment.
 *
 * @param wallMillis wall clock, milliseconds since the epoch; may step
 * @param monotonicNanos monotonic clock, comparable between processes of one boot; durations come from here
 * @param bootId identifies this boot of the host
 * @param busyCpuNanos CPU time of all processes of the host since boot
 * @param logicalProcessors logical processors that are on line
 * @param readings raw readings, one per device that could be read
 * @param problems one text per sensor that could not be read
 */
public record Snapshot(
        long wallMillis,
        long monotonicNanos,
        String bootId,
        long busyCpuNanos,
        int logicalProcessors,
        List<Reading> readings,
        List<String> problems) {

    public Snapshot {
        readings = List.copyOf(readings);
        problems = List.copyOf(problems);
    }

    /** As a message; problems are left out. */
    public Message toMessage() {
        var message = new Message("snapshot")
                .put("wall", wallMillis)
                .put("nanos", monotonicNanos)
                .put("boot", bootId)
                .put("busy", busyCpuNanos)
                .put("cpus", logicalProcessors);
        for (var reading : readings) {
            var device = reading.device();
            var value = raw(reading);
            var parent = device.parent() == null ? "-" : device.parent();
            message.put(
                    "r." + device.name(),
                    value + " " + reading.bandThousandths() + " " + device.component() + " " + device.method() + " "
                            + parent);
        }
        return message;
    }

    /** @throws MalformedMessageException when it is not the message of a snapshot */
    public static Snapshot fromMessage(Message message) {
        var readings = new ArrayList<Reading>();
        message.part("r.").values().forEach((name, text) -> readings.add(reading(name, text)));
        return new Snapshot(
                message.getLong("wall"),
                message.getLong("nanos"),
                message.get("boot"),
                message.getLong("busy"),
                (int) message.getLong("cpus"),
                readings,
                List.of());
    }

    private static String raw(Reading reading) {
        if (reading instanceof EnergyCounter counter) {
            return "C " + counter.microjoules() + " " + counter.rangeMicrojoules() + " "
                    + counter.limit().milliwatts();
        }
        return "P " + ((PowerLevel) reading).power().milliwatts() + " 0 0";
    }

    private static Reading reading(String name, String text) {
        var parts = text.split(" ", 8);
        try {
            @Nullable String parent = parts[7].equals("-") ? null : parts[7];
            var device = new Device(name, parent, Component.valueOf(parts[5]), parts[6]);
            int band = Integer.parseInt(parts[4]);
            long value = Long.parseLong(parts[1]);
            if (parts[0].equals("P")) {
                return new PowerLevel(device, new Power(value), band);
            }
            return new EnergyCounter(
                    device, value, Long.parseLong(parts[2]), new Power(Long.parseLong(parts[3])), band);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new MalformedMessageException("Not a reading: " + name + "=" + text, e);
        }
    }
}
