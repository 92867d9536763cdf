package io.wattledger.collector.session;

import io.wattledger.accounting.idle.IdleBaseline;
import io.wattledger.accounting.overlap.DeviceEnergy;
import io.wattledger.accounting.overlap.ExclusiveEnergy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.record.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The idle power of each device: what somebody has set, otherwise what a model says, otherwise what was learnt from samples
 * and is kept in a file. Guarded by the session's lock.
 */
public final class IdlePowers {
    private static final Logger LOG = LoggerFactory.getLogger(IdlePowers.class);

    private final @Nullable Path file;
    private final Map<String, Long> fixed = new HashMap<>();
    private final Map<String, IdleBaseline> learnt = new TreeMap<>();
    private Map<String, Long> milliwatts = Map.of();

    private IdlePowers(@Nullable Path file) {
        this.file = file;
    }

    /** Those that are learnt and forgotten again. */
    static IdlePowers unknown() {
        return new IdlePowers(null);
    }

    /**
     * Goes on with what is in a file.
     *
     * @param set what somebody has set, by device
     */
    public static IdlePowers in(Path file, Map<String, Power> set) {
        var idle = new IdlePowers(file);
        set.forEach((device, power) -> idle.fixed.put(device, power.milliwatts()));
        idle.load(file);
        idle.update();
        return idle;
    }

    /** What models say of their devices, unless somebody has set it. */
    void model(Map<String, Long> milliwattsByDevice) {
        milliwattsByDevice.forEach(fixed::putIfAbsent);
        update();
    }

    /** In milliwatts by device, where it is known. */
    Map<String, Long> milliwatts() {
        return milliwatts;
    }

    /** Learns from a sample. */
    void learn(Sample sample) {
        var readings = sample.getReadings();
        var energies = readings.stream()
                .map(reading ->
                        new DeviceEnergy(reading.getDevice(), reading.getParent(), reading.getEnergyMillijoules()))
                .toList();
        var exclusive = ExclusiveEnergy.of(energies).millijoules();
        var end = Duration.ofMillis(sample.getEnd().toEpochMilli());
        var time = Duration.between(sample.getStart(), sample.getEnd());
        boolean news = false;
        for (int i = 0; i < exclusive.length; i++) {
            var device = energies.get(i).device();
            if (!fixed.containsKey(device)) {
                news |= learnt.computeIfAbsent(device, unknown -> new IdleBaseline())
                        .add(end, time, exclusive[i]);
            }
        }
        if (news) {
            update();
        }
    }

    private void update() {
        var all = new HashMap<>(fixed);
        learnt.forEach(
                (device, baseline) -> baseline.power().ifPresent(power -> all.putIfAbsent(device, power.milliwatts())));
        if (!all.equals(milliwatts)) {
            milliwatts = Map.copyOf(all);
            save();
        }
    }

    private void load(Path from) {
        var lines = new Properties();
        try (var reader = Files.newBufferedReader(from, StandardCharsets.UTF_8)) {
            lines.load(reader);
            var days = new HashMap<String, Map<Long, Long>>();
            for (var key : lines.stringPropertyNames()) {
                int slash = key.lastIndexOf('/');
                days.computeIfAbsent(key.substring(0, slash), device -> new HashMap<>())
                        .put(Long.parseLong(key.substring(slash + 1)), Long.parseLong(lines.getProperty(key)));
            }
            days.forEach((device, least) -> learnt.put(device, new IdleBaseline(least)));
        } catch (IOException e) {
            LOG.debug("No idle powers are known from before ({})", e.toString());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.warn("{} holds no idle powers ({}); they are learnt anew", from, e.toString());
        }
    }

    /** Losing it costs a minute of learning, so a file that cannot be written is no reason to stop. */
    private void save() {
        if (file == null) {
            return;
        }
        var lines = new Properties();
        learnt.forEach((device, baseline) -> baseline.leastMilliwattsByDay()
                .forEach((day, least) -> lines.setProperty(device + "/" + day, Long.toString(least))));
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            try (var writer = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
                lines.store(writer, "Least mean power over a minute: device/day since the epoch = milliwatts");
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("Cannot keep the idle powers in {}", file, e);
        }
    }
}
