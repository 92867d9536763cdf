package io.wattledger.collector.sensor.rapl;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
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
import java.util.stream.Collectors;

/** RAPL through {@code /sys/class/powercap}. */
public final class RaplSensor implements PowerSensor {
    private final Path powercap;
    private final NumberFile.Opener opener;
    private List<RaplDomain> domains = List.of();

    /** @param sys where the sys file system is mounted, usually {@code /sys} */
    public RaplSensor(Path sys) {
        this(sys, NumberFile.Opener.REAL);
    }

    RaplSensor(Path sys, NumberFile.Opener opener) {
        this.powercap = sys.resolve("class/powercap");
        this.opener = opener;
    }

    @Override
    public String name() {
        return "rapl";
    }

    @Override
    public Set<Component> components() {
        return EnumSet.of(Component.CPU, Component.RAM, Component.HOST);
    }

    @Override
    public Availability probe() {
        close();
        if (!Files.isDirectory(powercap)) {
            return Unavailable.absent(
                    "There is no " + powercap + ".",
                    "It is never there inside virtual machines and rarely in containers (mount the host's /sys/class/powercap"
                            + " read-only); on a physical Intel or AMD machine load the module intel_rapl_msr"
                            + " (modprobe intel_rapl_msr).");
        }
        var survey = PowercapSurvey.of(powercap, opener);
        domains = survey.domains();
        return domains.isEmpty() ? unavailable(survey) : available(survey);
    }

    @Override
    public List<Reading> read() throws IOException {
        return Readings.of(
                domains,
                RaplDomain::read,
                (domain, e) -> "cannot read " + domain.energy().path() + " (" + NumberFile.reason(e) + ")");
    }

    @Override
    public void close() {
        domains.forEach(domain -> domain.energy().close());
        domains = List.of();
    }

    private Available available(PowercapSurvey survey) {
        var devices = domains.stream().map(RaplDomain::device).toList();
        var detail = new StringBuilder(powercap + "/intel-rapl*: ")
                .append(String.join(", ", devices.stream().map(Device::name).toList()));
        survey.refusals().forEach(refusal -> detail.append("; without ").append(refusal.reason()));
        return new Available(devices, detail.toString(), survey.anyDenied());
    }

    private Unavailable unavailable(PowercapSurvey survey) {
        if (survey.refusals().isEmpty()) {
            return Unavailable.absent(
                    powercap + " holds no package domain of a processor (intel-rapl:*).",
                    "Load the module intel_rapl_msr (modprobe intel_rapl_msr). Processors other than Intel's since 2011 and"
                            + " AMD's since family 17h have no such counters.");
        }
        var reason = "Cannot read "
                + survey.refusals().stream().map(PowercapSurvey.Refusal::reason).collect(Collectors.joining("; "))
                + ".";
        return survey.anyDenied()
                ? Unavailable.denied(
                        reason,
                        "Run the collector as root, or grant it CAP_DAC_READ_SEARCH, or let its group read the files"
                                + " (chgrp and chmod g+r on " + powercap
                                + "/intel-rapl:*/energy_uj at boot, by a udev or"
                                + " tmpfiles rule).")
                : Unavailable.silent(reason, "See what the kernel says about it (dmesg | grep -i rapl).");
    }
}
