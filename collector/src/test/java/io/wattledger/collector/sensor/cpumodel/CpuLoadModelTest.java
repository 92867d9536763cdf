package io.wattledger.collector.sensor.cpumodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.host.HostFacts;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CpuLoadModelTest {
    private static final TdpTable TABLE = TdpTable.load();

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz", "Intel Xeon E5-2680 v3", 120),
                Arguments.of("Intel(R) Xeon(R) Platinum 8480+", "Intel Xeon Platinum 8480+", 350),
                Arguments.of("Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz", "Intel Core i7-8650U", 15),
                Arguments.of("11th Gen Intel(R) Core(TM) i7-1185G7 @ 3.00GHz", "Intel Core i7-1185G7", 28),
                Arguments.of("AMD Ryzen 9 5950X 16-Core Processor", "AMD Ryzen 9 5950X", 105),
                Arguments.of("AMD EPYC 7763 64-Core Processor", "AMD EPYC 7763", 280),
                Arguments.of("AMD Ryzen 7 5700G with Radeon Graphics", "AMD Ryzen 7 5700G", 65));
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsWhatSystemsReport(String reported, String model, int watts) {
        var part = TABLE.find(reported);

        assertThat(part).hasValueSatisfying(found -> {
            assertThat(found.model()).isEqualTo(model);
            assertThat(found.tdpWatts()).isEqualTo(watts);
        });
    }

    @Test
    void doesNotGuessAtNamesThatSayNothing() {
        assertThat(TABLE.find("Intel(R) Xeon(R) Processor")).isEmpty();
        assertThat(TABLE.find("")).isEmpty();
        assertThat(TABLE.find("Intel(R) Xeon(R) CPU @ 2.20GHz")).isEmpty();
    }

    @Test
    void addsUpThePackages() {
        var model = CpuLoadModel.of(host("Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz", 2, 48, false), TABLE);

        assertThat(model.tdp()).isEqualTo(Power.ofWatts(240));
        assertThat(model.basis()).isEqualTo("Intel Xeon E5-2680 v3, 120 W x 2");
    }

    @Test
    void takesOnlyTheShareOfAPackageThatAVirtualMachineHas() {
        var model = CpuLoadModel.of(host("AMD EPYC 7763 64-Core Processor", 1, 4, true), TABLE);

        assertThat(model.tdp()).isEqualTo(Power.ofWatts(280.0 * 4 / 128));
        assertThat(model.basis()).contains("4 of 128 logical processors");
    }

    @Test
    void assumesAPowerPerLogicalProcessorForTheShareOfAPartOfUnknownSize() {
        var model = CpuLoadModel.of(host("Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz", 1, 2, true), TABLE);

        assertThat(model.tdp()).isEqualTo(Power.ofWatts(7));
        assertThat(model.basis()).contains("assumed 3.5 W for each of its 2");
    }

    @Test
    void neverAssumesMoreForAVirtualMachineThanTheWholePackage() {
        var model = CpuLoadModel.of(host("Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz", 1, 8, true), TABLE);

        assertThat(model.tdp()).isEqualTo(Power.ofWatts(15));
    }

    @Test
    void assumesAPowerPerLogicalProcessorForAnUnknownProcessorAndIsLessSureOfIt() {
        var unknown = CpuLoadModel.of(host("Intel(R) Xeon(R) Processor", 1, 2, true), TABLE);
        var known = CpuLoadModel.of(host("AMD EPYC 7763 64-Core Processor", 1, 128, false), TABLE);

        assertThat(unknown.tdp()).isEqualTo(Power.ofWatts(7));
        assertThat(unknown.basis()).contains("'Intel(R) Xeon(R) Processor' is not in the table");
        assertThat(unknown.bandPercent()).isGreaterThan(known.bandPercent());
    }

    @Test
    void takesMoreIdlePowerForProcessorsOfSeveralDies() {
        var known = CpuLoadModel.of(host("AMD EPYC 7763 64-Core Processor", 1, 128, false), TABLE);
        var hidden = CpuLoadModel.of(host("AMD EPYC Processor", 1, 2, true), TABLE);
        var other = CpuLoadModel.of(host("Intel(R) Xeon(R) Processor", 1, 2, true), TABLE);

        assertThat(known.idle()).isEqualTo(Power.ofWatts(0.29 * 280));
        assertThat(hidden.idle()).isEqualTo(Power.ofWatts(0.29 * 7));
        assertThat(other.idle()).isEqualTo(Power.ofWatts(0.07 * 7));
    }

    @Test
    void copesWithAProcessorWithoutAName() {
        assertThat(CpuLoadModel.of(host("", 1, 8, false), TABLE).basis()).contains("a processor without a name");
    }

    private static HostFacts host(String cpu, int packages, int processors, boolean virtual) {
        return new HostFacts(cpu, packages, processors, virtual, 1);
    }
}
