package io.wattledger.collector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcHostTest {
    @Test
    void countsWhatIsNeitherIdleNorWaitingNorStolen() throws IOException {
        var times = ProcHostCpu.parse("""
                cpu  100 20 30 4000 500 6 7 800 90 10
                cpu0 50 10 15 2000 250 3 3 400 45 5
                cpu1 50 10 15 2000 250 3 4 400 45 5
                intr 12345
                """);

        // user 100 (which holds the guests' 90 already) + nice 20 + system 30 + irq 6 + softirq 7 ticks of 10 ms
        assertThat(times.busyNanos()).isEqualTo(163 * 10_000_000L);
        assertThat(times.logicalProcessors()).isEqualTo(2);
    }

    @Test
    void saysWhenThereIsNoCpuTime() {
        assertThatThrownBy(() -> ProcHostCpu.parse("intr 5\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No CPU time");
        assertThatThrownBy(() -> ProcHostCpu.parse("cpu  1 2 x 4 5 6 7 8\ncpu0 1 2 3 4 5 6 7 8\n"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void readsAVirtualMachine() {
        var facts = Objects.requireNonNull(ProcHostFacts.parse("""
                processor\t: 0
                model name\t: Intel(R) Xeon(R) Processor
                physical id\t: 0
                flags\t\t: fpu hypervisor lahf_lm
                processor\t: 1
                model name\t: Intel(R) Xeon(R) Processor
                physical id\t: 0
                flags\t\t: fpu hypervisor lahf_lm
                """, "MemTotal:       24683520 kB\nMemFree: 1 kB\n"));

        assertThat(facts).isEqualTo(new HostFacts("Intel(R) Xeon(R) Processor", 1, 2, true, 24_683_520L * 1024));
    }

    @Test
    void countsPackages() {
        var facts = Objects.requireNonNull(ProcHostFacts.parse("""
                processor : 0
                model name : AMD EPYC 7763 64-Core Processor
                physical id : 0
                flags : fpu
                processor : 1
                model name : AMD EPYC 7763 64-Core Processor
                physical id : 1
                flags : fpu
                """, ""));

        assertThat(facts.packages()).isEqualTo(2);
        assertThat(facts.virtual()).isFalse();
        assertThat(facts.memoryBytes()).isZero();
    }

    @Test
    void copesWithProcessorsThatHaveNoName() {
        var facts = Objects.requireNonNull(ProcHostFacts.parse(
                "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd40\n", "MemTotal: 8 kB\n"));

        assertThat(facts).isEqualTo(new HostFacts("", 1, 1, false, 8192));
    }

    @Test
    void knowsWhenItIsNoCpuinfo() {
        assertThat(ProcHostFacts.parse("", "MemTotal: 8 kB\n")).isNull();
    }

    @Test
    void namesTheDistributionAndTheKernel(@TempDir Path folder) throws IOException {
        var proc = Files.createDirectories(folder.resolve("proc/sys/kernel")).resolve("osrelease");
        Files.writeString(proc, "6.1.0-18-amd64\n");
        var osRelease = folder.resolve("os-release");
        Files.writeString(
                osRelease, "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n");

        assertThat(ProcHostFacts.operatingSystem(osRelease, folder.resolve("proc")))
                .isEqualTo("Debian GNU/Linux 12 (bookworm), Linux 6.1.0-18-amd64");
        Files.writeString(osRelease, "ID=unnamed\n");
        assertThat(ProcHostFacts.operatingSystem(osRelease, folder.resolve("proc")))
                .isNull();
        assertThat(ProcHostFacts.operatingSystem(folder.resolve("nowhere"), folder.resolve("proc")))
                .isNull();
    }
}
