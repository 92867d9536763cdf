package io.wattledger.cli.sensors;

import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.survey.SensorChoice;
import io.wattledger.collector.survey.SensorSurvey;
import io.wattledger.collector.survey.SensorSurvey.Finding;
import io.wattledger.collector.survey.SensorSurvey.Refused;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
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
        out.println("host  " + describe(survey.host()));
        var told = new HashSet<Refused>();
        survey.findings().stream()
                .filter(finding -> finding.component() != Component.OTHER
                        || !finding.used().isEmpty())
                .forEach(finding -> print(finding, told, out));
        out.flush();
        return 0;
    }

    private static void print(Finding finding, Set<Refused> told, PrintWriter out) {
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
        for (var refused : finding.refused()) {
            if (told.add(refused)) {
                out.printf("      no %s: %s%n", refused.name(), refused.reason());
                out.printf("      remedy: %s%n", refused.remedy());
            } else {
                out.printf("      no %s: as above%n", refused.name());
            }
        }
    }

    private static String describe(HostFacts host) {
        var model = host.cpuModel().isBlank() ? "processor of unknown model" : host.cpuModel();
        return String.format(
                Locale.ROOT,
                "%s%s, %d logical processors, %.1f GB of memory%s",
                host.packages() > 1 ? host.packages() + " × " : "",
                model,
                host.logicalProcessors(),
                host.memoryBytes() / 1e9,
                host.virtual() ? ", virtual machine" : "");
    }

    private static String device(Device device) {
        return device.parent() == null ? device.name() : device.name() + " in " + device.parent();
    }
}
