package io.wattledger.cli.doctor;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.survey.SensorChoice;
import java.util.List;
import java.util.Map;

/** Says of each sensor what the collector itself would find, and adds the commands that mend what can be mended. */
final class SensorCheckUp {
    /** Whom the shipped unit runs the collector as. */
    private static final String GROUP = "wattledger";

    private static final String MAKE_GROUP = "sudo groupadd --system --force " + GROUP;

    /** What a sensor measures, for people. */
    private static final Map<String, String> SUBJECTS = Map.of(
            "rapl", "processor energy (RAPL)",
            "ipmi", "meter of the whole machine (IPMI)",
            "nvml", "NVIDIA GPUs (NVML)",
            "hwmon-gpu", "GPUs of AMD and Intel (hwmon)",
            "hwmon-meter", "power meters (hwmon)");

    private SensorCheckUp() {}

    /**
     * Of the sensors that were tried.
     *
     * @param answers by the name of the sensor
     * @param choice where they were looked for
     */
    static List<Diagnosis> diagnose(Map<String, Availability> answers, SensorChoice choice) {
        return answers.entrySet().stream()
                .map(entry -> diagnose(entry.getKey(), entry.getValue(), choice))
                .toList();
    }

    private static Diagnosis diagnose(String sensor, Availability answer, SensorChoice choice) {
        var subject = SUBJECTS.getOrDefault(sensor, "sensor " + sensor);
        if (answer instanceof Available available) {
            return available.deniedMore()
                    ? new Diagnosis(subject, Diagnosis.State.ill, available.detail(), rights(sensor, choice))
                    : Diagnosis.well(subject, available.detail());
        }
        var unavailable = (Unavailable) answer;
        var found = unavailable.reason() + " " + unavailable.remedy();
        return switch (unavailable.cause()) {
            case ABSENT -> Diagnosis.absent(subject, found);
            case DENIED -> new Diagnosis(subject, Diagnosis.State.ill, found, rights(sensor, choice));
            case SILENT ->
                Diagnosis.ill(
                        subject,
                        found + " Where nothing helps, leave " + sensor + " out of " + SensorChoice.SENSORS + ".");
        };
    }

    /** What gives the right to read; empty where there is no recipe but the remedy. */
    private static List<String> rights(String sensor, SensorChoice choice) {
        return switch (sensor) {
            case "rapl" ->
                List.of(
                        MAKE_GROUP,
                        "echo 'z " + choice.sys() + "/class/powercap/intel-rapl:*/energy_uj 0440 root " + GROUP
                                + "' | sudo tee /etc/tmpfiles.d/wattledger.conf",
                        "sudo systemd-tmpfiles --create /etc/tmpfiles.d/wattledger.conf",
                        "# or, instead of these three, a capability for the service:",
                        "printf '[Service]\\n"
                                + "AmbientCapabilities=CAP_DAC_READ_SEARCH\\n"
                                + "CapabilityBoundingSet=CAP_DAC_READ_SEARCH\\n"
                                + "' | sudo install -D --mode 0644 /dev/stdin"
                                + " /etc/systemd/system/wattledger-collector.service.d/rapl.conf"
                                + " && sudo systemctl daemon-reload");
            case "ipmi" ->
                List.of(
                        MAKE_GROUP,
                        "echo 'KERNEL==\"ipmi*\", SUBSYSTEM==\"ipmi\", GROUP=\"" + GROUP
                                + "\", MODE=\"0660\"' | sudo tee /etc/udev/rules.d/70-wattledger-ipmi.rules",
                        "sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=ipmi");
            case "nvml" -> List.of("sudo usermod --append --groups \"$(stat --format %G /dev/nvidiactl)\" " + GROUP);
            default -> List.of();
        };
    }
}
