package io.wattledger.collector.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.overlap.DeviceEnergy;
import io.wattledger.accounting.overlap.ExclusiveEnergy;
import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.sensor.Availability.Cause;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.cpumodel.CpuLoadModel;
import io.wattledger.collector.sensor.rammodel.RamSizeModel;
import io.wattledger.collector.sensor.rapl.FakeSysfs;
import io.wattledger.collector.sensor.rapl.RaplSensor;
import io.wattledger.collector.survey.SensorSurvey.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorSurveyTest {
    private static final HostFacts HOST =
            new HostFacts("AMD EPYC 7763 64-Core Processor", 1, 128, false, 256_000_000_000L);

    private static final String PACKAGE = """
            intel-rapl:0/name package-0
            intel-rapl:0/energy_uj 7
            intel-rapl:0/max_energy_range_uj 9
            """;

    private static final String DRAM = """
            intel-rapl:0:0/name dram
            intel-rapl:0:0/energy_uj 7
            intel-rapl:0:0/max_energy_range_uj 9
            """;

    @TempDir
    Path sys;

    @Test
    void usesNoModelWhereEverythingIsMeasured() throws IOException {
        FakeSysfs.write(sys, PACKAGE + DRAM);

        var survey = survey(HOST);

        assertThat(survey.models()).isEmpty();
        assertThat(survey.sensors()).extracting(PowerSensor::name).containsExactly("rapl");
        assertThat(finding(survey, Component.RAM).used()).singleElement().satisfies(used -> {
            assertThat(used.modelled()).isFalse();
            assertThat(used.devices()).extracting("name").containsExactly("dram-0");
        });
    }

    @Test
    void modelsMemoryWhereOnlyThePackageIsMeasured() throws IOException {
        FakeSysfs.write(sys, PACKAGE);

        var survey = survey(HOST);

        assertThat(survey.models()).extracting(PowerModel::name).containsExactly("ram model");
        assertThat(finding(survey, Component.CPU).used().get(0).modelled()).isFalse();
        assertThat(finding(survey, Component.RAM).used().get(0).modelled()).isTrue();
        assertThat(finding(survey, Component.RAM).refused()).singleElement().satisfies(refused -> {
            assertThat(refused.name()).isEqualTo("rapl");
            assertThat(refused.reason()).contains("nothing for RAM");
        });
    }

    @Test
    void modelsBothWhereNothingIsMeasuredAndSaysWhyAndWhatWouldHelp() {
        var survey = survey(HOST);

        assertThat(survey.sensors()).isEmpty();
        assertThat(survey.models()).extracting(PowerModel::name).containsExactly("cpu model", "ram model");
        var cpu = finding(survey, Component.CPU);
        assertThat(cpu.used().get(0).detail()).contains("AMD EPYC 7763", "280 W");
        assertThat(cpu.used().get(0).bandPercent().getAsInt()).isPositive();
        assertThat(cpu.refused().get(0).reason()).contains("There is no " + sys);
        assertThat(cpu.refused().get(0).remedy()).isNotBlank();
    }

    @Test
    void speaksOfEveryComponentInTurn() {
        var survey = survey(HOST);

        assertThat(survey.findings())
                .extracting(Finding::component)
                .containsExactly(Component.CPU, Component.RAM, Component.GPU, Component.HOST, Component.OTHER);
    }

    @Test
    void saysWhenTheSizeOfMemoryIsNotKnown() {
        var survey = survey(new HostFacts("", 1, 1, false, 0));

        assertThat(finding(survey, Component.RAM).used()).isEmpty();
        assertThat(finding(survey, Component.RAM).refused()).extracting("name").contains("ram model");
    }

    @Test
    void theEnergyOfDomainsThatLieInOneAnotherCountsOnce() throws IOException {
        FakeSysfs.write(sys, PACKAGE + DRAM + """
                intel-rapl:0:1/name core
                intel-rapl:0:1/energy_uj 5
                intel-rapl:0:1/max_energy_range_uj 9
                intel-rapl:1/name psys
                intel-rapl:1/energy_uj 20
                intel-rapl:1/max_energy_range_uj 99
                """);

        var energies = survey(HOST).snapshots().take().readings().stream()
                .map(EnergyCounter.class::cast)
                .map(counter -> new DeviceEnergy(
                        counter.device().name(), counter.device().parent(), counter.microjoules()))
                .toList();

        assertThat(energies).hasSize(4);
        assertThat(ExclusiveEnergy.of(energies).millijoules()).containsExactlyInAnyOrder(6, 2, 5, 7);
    }

    @Test
    void keepsWhatEachSensorHasSaidAbsentAndZeroApart() throws IOException {
        assertThat(rapl()).extracting(Unavailable::cause).isEqualTo(Cause.ABSENT);

        FakeSysfs.write(sys, PACKAGE.replace("energy_uj 7", "energy_uj 0"));

        assertThat(rapl()).extracting(Unavailable::cause).isEqualTo(Cause.SILENT);
    }

    private Unavailable rapl() {
        return (Unavailable) Objects.requireNonNull(survey(HOST).answers().get("rapl"));
    }

    private SensorSurvey survey(HostFacts host) {
        List<PowerModel> models = List.of(CpuLoadModel.of(host), new RamSizeModel(host.memoryBytes()));
        return SensorSurvey.of(host, List.of(new RaplSensor(sys)), models);
    }

    private static Finding finding(SensorSurvey survey, Component component) {
        return survey.findings().stream()
                .filter(finding -> finding.component() == component)
                .findFirst()
                .orElseThrow();
    }
}
