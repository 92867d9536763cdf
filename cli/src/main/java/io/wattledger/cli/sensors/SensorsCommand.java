package io.wattledger.cli.sensors;

import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.survey.SensorChoice;
import io.wattledger.collector.survey.SensorSurvey;
import io.wattledger.collector.survey.SensorSurvey.Finding;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wattledger sensors}. */
@Command(
        name = "sensors",
        description = "List what this host can measure; for each thing it cannot, why, and what would help.")
public final class SensorsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var survey = SensorSurvey.ofThisHost(SensorChoice.usual());
        var out = spec.commandLine().getOut();
        out.println("host  " + survey.host());
        survey.findings().forEach(finding -> print(finding, out));
        out.flush();
        return 0;
    }

    private static void print(Finding finding, PrintWriter out) {
        var component = finding.component().name().toLowerCase(Locale.ROOT);
        if (finding.used().isEmpty()) {
            out.printf("%-5s not measured%n", component);
        }
        for (var used : finding.used()) {
            var devices = used.devices().stream().map(SensorsCommand::device).collect(Collectors.joining(", "));
            var band =
                    used.bandPercent().isPresent() ? "± " + used.bandPercent().getAsInt() + " %" : "no answer yet";
            out.printf(
                    "%-5s %s by %s (%s), %s%n",
                    component, used.modelled() ? "modelled" : "measured", used.name(), devices, band);
            out.printf("      %s%n", used.detail());
        }
        finding.refused().forEach(refused -> {
            out.printf("      no %s: %s%n", refused.name(), refused.reason());
            out.printf("      remedy: %s%n", refused.remedy());
        });
    }

    private static String device(Device device) {
        return device.parent() == null ? device.name() : device.name() + " in " + device.parent();
    }
}
