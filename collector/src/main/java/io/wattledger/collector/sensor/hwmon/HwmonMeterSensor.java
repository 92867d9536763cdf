package io.wattledger.collector.sensor.hwmon;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Readings;
import io.wattledger.collector.sysfs.NumberFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Meters of the whole machine ({@code host}), of its sockets or of its rails: ACPI power meters, with those of NVIDIA Grace,
 * IBM OCC, Ampere, the INA3221 of Jetson boards, and power supplies on PMBus. All tell power.
 */
public final class HwmonMeterSensor implements PowerSensor {
    private final Path hwmon;
    private final NumberFile.Opener opener;
    private List<Meter> meters = List.of();

    /** @param sys where the sys file system is mounted, usually {@code /sys} */
    public HwmonMeterSensor(Path sys) {
        this(sys, NumberFile.Opener.REAL);
    }

    HwmonMeterSensor(Path sys, NumberFile.Opener opener) {
        this.hwmon = sys.resolve("class/hwmon");
        this.opener = opener;
    }

    @Override
    public String name() {
        return "hwmon-meter";
    }

    @Override
    public Set<Component> components() {
        return EnumSet.of(Component.CPU, Component.HOST, Component.OTHER);
    }

    @Override
    public Availability probe() {
        close();
        if (!Files.isDirectory(hwmon)) {
            return Unavailable.absent(
                    "There is no " + hwmon + ".",
                    "In a container, mount the host's /sys read-only; virtual machines have no meter.");
        }
        List<Chip> chips;
        try {
            chips = Chip.below(hwmon);
        } catch (IOException e) {
            return Unavailable.denied("Cannot list " + hwmon + " (" + e + ").", "Let the collector read it.");
        }
        var survey = MeterSurvey.of(chips, opener);
        meters = survey.meters();
        if (meters.isEmpty()) {
            return unavailable(chips, survey.refusals());
        }
        var names = meters.stream()
                .map(meter -> meter.device().name() + " (" + meter.source() + ")")
                .collect(Collectors.joining(", "));
        return new Available(
                meters.stream().map(Meter::device).toList(),
                names + Refusal.list(survey.refusals(), "; without ", ""),
                Refusal.anyDenied(survey.refusals()));
    }

    @Override
    public List<Reading> read() throws IOException {
        return Readings.of(
                meters,
                Meter::read,
                (meter, e) -> "cannot read " + meter.device().name() + " from " + meter.source() + " ("
                        + NumberFile.reason(e) + ")");
    }

    @Override
    public void close() {
        meters.forEach(meter -> meter.source().close());
        meters = List.of();
    }

    private Unavailable unavailable(List<Chip> chips, List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            var others = chips.stream().map(Chip::driver).collect(Collectors.toCollection(TreeSet::new));
            return Unavailable.absent(
                    hwmon + " holds no power meter; there are: " + others + ".",
                    "Many servers have one for their management controller alone, which IPMI or Redfish read. Where the"
                            + " firmware has one for ACPI, load its driver (modprobe acpi_power_meter; on Grace with"
                            + " force_cap_on=y if it shows nothing).");
        }
        var reason = "Cannot read " + Refusal.list(refusals, "", "; ") + ".";
        return Refusal.anyDenied(refusals)
                ? Unavailable.denied(
                        reason, "Run the collector as root, or let its group read the files by a udev rule.")
                : Unavailable.silent(
                        reason, "See what the driver says about it (dmesg | grep -iE 'power_meter|hwmon|pmbus').");
    }
}
