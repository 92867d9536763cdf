package io.wattledger.collector.sensor.hwmon;

import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.hwmon.AcpiMeter.Socket;
import io.wattledger.collector.sensor.hwmon.PowerSource.PowerFile;
import io.wattledger.collector.sensor.hwmon.PowerSource.Rail;
import io.wattledger.collector.sensor.hwmon.PowerSource.Sum;
import io.wattledger.collector.sysfs.NumberFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the meters among the chips, and which lies in which. */
final class MeterSurvey {
    private static final String HOST = "host";
    private static final String ACPI = "ACPI_POWER_METER";

    /** What meters in servers commonly are off by; none of these drivers states it. */
    private static final int BAND_THOUSANDTHS = 50;

    /** The supply tells what it gives; what it draws is about a tenth more. */
    private static final int OUTPUT_BAND_THOUSANDTHS = 100;

    /** Power supplies among the PMBus drivers (kernel documentation, 2025); regulators use the same files. */
    private static final Set<String> SUPPLIES = Set.of(
            "acbel_fsg032",
            "cffps",
            "cffps1",
            "cffps2",
            "crps",
            "crps185",
            "dps460",
            "dps650ab",
            "dps800",
            "dps920ab",
            "ipsps1",
            "pfe1100",
            "pfe3000",
            "pmbus");

    /** Of a socket of Grace, each after the one it lies in. */
    private static final List<String> PARTS = List.of("module", "grace", "cpu", "sysio");

    private static final Set<String> INPUT_RAILS = Set.of("VDD_IN", "POM_5V_IN");

    /** An INA3221 has three channels; what follows in its files are sums of them. */
    private static final int RAILS = 3;

    private static final int MOST_LABELS = 32;

    private final List<Chip> chips;
    private final NumberFile.Opener opener;
    private final List<Meter> meters = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private MeterSurvey(List<Chip> chips, NumberFile.Opener opener) {
        this.chips = chips;
        this.opener = opener;
    }

    static MeterSurvey of(List<Chip> chips, NumberFile.Opener opener) {
        var survey = new MeterSurvey(chips, opener);
        survey.openWholeMachine();
        survey.openSockets();
        survey.openProcessors();
        survey.openRails();
        return survey;
    }

    List<Meter> meters() {
        return List.copyOf(meters);
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** From the first that works. A second meter of the same machine is named and not read. */
    private void openWholeMachine() {
        for (var chip : drivenBy("power_meter", "acpi_power_meter")) {
            if (AcpiMeter.socket(chip.text("power1_oem_info")) == null && !isBattery(chip)) {
                openHost(ACPI, acpiFile(chip), AcpiMeter.bandThousandths(chip.text("power1_accuracy")));
            }
        }
        for (var chip : drivenBy("occ")) {
            var label = labelled(chip, "system");
            if (label != null) {
                openHost("HWMON_OCC", powerFile(chip, label + "_input"), BAND_THOUSANDTHS);
            }
        }
        for (var chip : drivenBy("ina3221")) {
            for (int rail = 1; rail <= RAILS; rail++) {
                if (INPUT_RAILS.contains(railLabel(chip, rail))) {
                    openHost("HWMON_INA3221", rail(chip, rail), BAND_THOUSANDTHS);
                }
            }
        }
        openSupplies();
    }

    /** All supplies of a machine feed it together. */
    private void openSupplies() {
        var inputs = new ArrayList<PowerSource>();
        for (var chip : chips) {
            var label = SUPPLIES.contains(chip.driver()) ? labelled(chip, "pin") : null;
            if (label != null) {
                inputs.add(powerFile(chip, label + "_input"));
            }
        }
        if (!inputs.isEmpty()) {
            openHost("HWMON_PMBUS", new Sum(inputs), BAND_THOUSANDTHS);
        }
        var outputs = new ArrayList<PowerSource>();
        for (var chip : drivenBy("corsairpsu")) {
            outputs.add(powerFile(chip, "power1_input"));
        }
        if (!outputs.isEmpty()) {
            openHost("HWMON_CORSAIR_PSU", new Sum(outputs), OUTPUT_BAND_THOUSANDTHS);
        }
    }

    private void openHost(String method, PowerSource source, int band) {
        if (find(HOST) != null) {
            refuse(source + " (the host is read from " + find(HOST).source() + ")");
            return;
        }
        open(new Device(HOST, null, Component.HOST, method), source, band);
    }

    /** The meters of a Grace: its module with whatever else is on that, the processor with its memory, and the parts of it. */
    private void openSockets() {
        for (var part : PARTS) {
            for (var chip : drivenBy("power_meter", "acpi_power_meter")) {
                var socket = AcpiMeter.socket(chip.text("power1_oem_info"));
                if (socket != null && socket.part().equals(part)) {
                    open(device(socket), acpiFile(chip), AcpiMeter.bandThousandths(chip.text("power1_accuracy")));
                }
            }
        }
        for (var chip : drivenBy("power_meter", "acpi_power_meter")) {
            var socket = AcpiMeter.socket(chip.text("power1_oem_info"));
            if (socket != null && !PARTS.contains(socket.part())) {
                refuse(chip + " (what '" + chip.text("power1_oem_info") + "' lies in is not known)");
            }
        }
    }

    private Device device(Socket socket) {
        var module = "module-" + socket.number();
        var grace = "grace-" + socket.number();
        return switch (socket.part()) {
            case "module" -> new Device(module, innermost(HOST), Component.OTHER, ACPI);
            case "grace" -> new Device(grace, innermost(module, HOST), Component.OTHER, ACPI);
            case "cpu" ->
                new Device("cpu-socket-" + socket.number(), innermost(grace, module, HOST), Component.CPU, ACPI);
            default ->
                new Device(
                        socket.part() + "-" + socket.number(), innermost(grace, module, HOST), Component.OTHER, ACPI);
        };
    }

    /** Ampere Altra: what a socket draws, without memory. */
    private void openProcessors() {
        int socket = 0;
        for (var chip : drivenBy("apm_xgene")) {
            var cpu = new Device("cpu-socket-" + socket, innermost(HOST), Component.CPU, "HWMON_XGENE");
            open(cpu, powerFile(chip, "power1_input"), BAND_THOUSANDTHS);
            var io = new Device("io-socket-" + socket, innermost(HOST), Component.OTHER, "HWMON_XGENE");
            open(io, powerFile(chip, "power2_input"), BAND_THOUSANDTHS);
            socket++;
        }
    }

    /** Rails inside that of the whole board. On a board without one, what lies in which is not known. */
    private void openRails() {
        var host = find(HOST);
        boolean isBoard = host != null && host.source() instanceof Rail;
        for (var chip : drivenBy("ina3221")) {
            for (int number = 1; number <= RAILS; number++) {
                var label = railLabel(chip, number);
                if (label.isEmpty() || label.equals("NC") || INPUT_RAILS.contains(label)) {
                    continue;
                }
                var name = "rail-" + label.toLowerCase(Locale.ROOT).replace('_', '-');
                if (!isBoard) {
                    refuse(chip + " " + label + " (no rail of the whole board around it: " + INPUT_RAILS + ")");
                } else {
                    open(
                            new Device(name, HOST, Component.OTHER, "HWMON_INA3221"),
                            rail(chip, number),
                            BAND_THOUSANDTHS);
                }
            }
        }
    }

    private void open(Device device, PowerSource source, int band) {
        if (find(device.name()) != null) {
            refuse("a second " + device.name() + " (" + source + ")");
            return;
        }
        var meter = new Meter(device, source, band);
        try {
            meter.read();
            meters.add(meter);
        } catch (AccessDeniedException e) {
            refusals.add(new Refusal(device.name() + " (" + e.getFile() + ": permission denied)", true));
            source.close();
        } catch (IOException e) {
            refuse(device.name() + " (" + source + ": " + NumberFile.reason(e) + ")");
            source.close();
        }
    }

    private void refuse(String reason) {
        refusals.add(new Refusal(reason, false));
    }

    private @Nullable Meter find(String device) {
        return meters.stream()
                .filter(meter -> meter.device().name().equals(device))
                .findFirst()
                .orElse(null);
    }

    /** The first of these that is metered. */
    private @Nullable String innermost(String... around) {
        for (var device : around) {
            if (find(device) != null) {
                return device;
            }
        }
        return null;
    }

    private List<Chip> drivenBy(String... drivers) {
        var names = Set.of(drivers);
        return chips.stream().filter(chip -> names.contains(chip.driver())).toList();
    }

    private static boolean isBattery(Chip chip) {
        return "1".equals(chip.text("power1_is_battery"));
    }

    /** Which of {@code power1}, {@code power2} … has a label, or null. */
    private static @Nullable String labelled(Chip chip, String label) {
        for (int number = 1; number <= MOST_LABELS; number++) {
            if (label.equalsIgnoreCase(chip.text("power" + number + "_label"))) {
                return "power" + number;
            }
        }
        return null;
    }

    private static String railLabel(Chip chip, int number) {
        var label = chip.text("in" + number + "_label");
        return label == null ? "" : label;
    }

    private PowerSource acpiFile(Chip chip) {
        var interval = chip.text("power1_average_interval");
        var mean = interval == null ? "" : ", the mean of " + interval + " ms";
        return new PowerFile(new NumberFile(chip.file("power1_average"), opener), mean);
    }

    private PowerSource powerFile(Chip chip, String name) {
        return new PowerFile(new NumberFile(chip.file(name), opener), "");
    }

    private PowerSource rail(Chip chip, int number) {
        return new Rail(
                new NumberFile(chip.file("in" + number + "_input"), opener),
                new NumberFile(chip.file("curr" + number + "_input"), opener));
    }
}
