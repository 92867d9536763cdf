package io.wattledger.cli.replay;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.replay.StepSeries;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.DeviceKind;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a power file says.
 *
 * @param format name of its format, for people
 * @param method how the energy was obtained, as the ledger has it
 * @param components what the energy counts as
 * @param devices by name
 * @param rows rows in the file, the header not counted
 * @param skipped rows that could not be used
 * @param problems the first of these with their reasons; null when there are none
 * @param claims what the file itself says beyond the power
 */
record RecordedPower(
        String format,
        String method,
        List<Component> components,
        List<Device> devices,
        long rows,
        long skipped,
        @Nullable String problems,
        Claims claims) {
    private static final int MOST_SHOWN = 10;
    private static final Comparator<Device> ORDER = Comparator.comparing(Device::name)
            .thenComparingInt(Device::component)
            .thenComparingLong(device -> device.nanowatts().first())
            .thenComparingLong(device -> device.nanowatts().last());

    RecordedPower {
        devices = devices.stream().sorted(ORDER).toList();
    }

    /** A file whose rows have all been read. */
    static RecordedPower of(
            String format, String method, List<Component> components, List<Device> devices, Rows rows, Claims claims) {
        var problems = rows.bad() == 0 ? null : rows.problems();
        return new RecordedPower(format, method, components, devices, rows.count(), rows.bad(), problems, claims);
    }

    /** What energy counts as: the name of the device in the samples and its kind. */
    record Component(String device, DeviceKind kind) {}

    /**
     * Power of a device, or of a part of one.
     *
     * @param name what it is chosen by; empty where the file does not tell devices apart
     * @param component index of the component that its energy counts as
     */
    record Device(String name, int component, StepSeries nanowatts) {
        /** The devices of a file that all count as its one component. */
        static List<Device> of(Map<String, StepSeries.Builder> builders) {
            return builders.entrySet().stream()
                    .map(entry -> new Device(entry.getKey(), 0, entry.getValue().build()))
                    .toList();
        }
    }

    /**
     * What a file says of itself.
     *
     * @param project the project, where all rows name the same
     * @param countries countries the rows name
     * @param pueApplied whether the energies include a PUE other than 1
     * @param energy the whole energy as the file has it, to compare with; null when it does not say
     * @param emissions the whole emissions as the file has them, to compare with; null when it does not say
     */
    record Claims(
            @Nullable String project,
            List<String> countries,
            boolean pueApplied,
            @Nullable Energy energy,
            @Nullable Emissions emissions) {
        static final Claims NONE = new Claims(null, List.of(), false, null, null);
    }

    /**
     * Only some of the devices.
     *
     * @param names empty for all
     * @throws Failure when there is no device of that name
     */
    RecordedPower select(Set<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        var there = devices.stream().map(Device::name).collect(Collectors.toCollection(TreeSet::new));
        for (var name : names) {
            if (!there.contains(name)) {
                throw new Failure("Nothing was imported: the recording has no device '" + name + "'. "
                        + (there.equals(Set.of(""))
                                ? "It does not tell devices apart; leave --device out"
                                : "Choose with --device among " + list(there)));
            }
        }
        return withDevices(
                devices.stream().filter(device -> names.contains(device.name())).toList());
    }

    private static String list(Set<String> names) {
        var more = names.size() > MOST_SHOWN ? " and " + (names.size() - MOST_SHOWN) + " more" : "";
        return names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ")) + more;
    }

    /** The same, where values that hold longer than that are gaps. */
    RecordedPower withoutHoldsLongerThan(Duration longest) {
        return withDevices(devices.stream()
                .map(device -> new Device(
                        device.name(),
                        device.component(),
                        device.nanowatts().withoutHoldsLongerThan(longest.toMillis())))
                .toList());
    }

    private RecordedPower withDevices(List<Device> others) {
        return new RecordedPower(format, method, components, others, rows, skipped, problems, claims);
    }
}
