package io.wattledger.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.doctor.Diagnosis.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCheckUpTest {
    @TempDir
    Path root;

    /** Whoever runs the tests may be root, who may read everything. */
    private final Set<Path> denied = new HashSet<>();

    private boolean library = true;

    @Test
    void aMachineWithNothingIsNotIll() {
        assertThat(diagnose()).extracting(Diagnosis::state).containsOnly(State.absent);
    }

    @Test
    void deniedCountersComeWithARuleForEachOfThem() throws IOException {
        var first = file("sys/class/powercap/intel-rapl:0/energy_uj");
        var second = file("sys/class/powercap/intel-rapl:0:0/energy_uj");
        assertThat(diagnosis("RAPL").state()).isEqualTo(State.well);

        denied.add(first);
        denied.add(second);
        var ill = diagnosis("RAPL");
        assertThat(ill.state()).isEqualTo(State.ill);
        assertThat(ill.found()).contains(first.toString(), second.toString());
        assertThat(ill.commands())
                .anySatisfy(command -> assertThat(command)
                        .contains("z " + first + " 0440 root wattledger", "z " + second + " 0440 root wattledger")
                        .contains("/etc/tmpfiles.d/"))
                .anySatisfy(command -> assertThat(command).contains("CAP_DAC_READ_SEARCH"));
    }

    @Test
    void aBmcThatBelongsToRootComesWithAUdevRule() throws IOException {
        denied.add(file("dev/ipmi0"));
        assertThat(diagnosis("IPMI").commands())
                .anySatisfy(command -> assertThat(command).contains("GROUP=\"wattledger\""));
    }

    @Test
    void aGpuWithoutItsLibraryIsIllAndNotAbsent() throws IOException {
        file("dev/nvidiactl");
        assertThat(diagnosis("NVML").state()).isEqualTo(State.well);
        library = false;
        assertThat(diagnosis("NVML").state()).isEqualTo(State.ill);
        assertThat(diagnosis("NVML").found()).contains("libnvidia-ml.so.1");
    }

    @Test
    void knowsBothVersionsOfCgroups() throws IOException {
        file("sys/fs/cgroup/cpu,cpuacct/cpuacct.usage");
        assertThat(diagnosis("cgroups").found()).contains("Version 1");
        file("sys/fs/cgroup/cgroup.controllers");
        assertThat(diagnosis("cgroups").found()).contains("Version 2");
    }

    private Path file(String path) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    private Diagnosis diagnosis(String subject) {
        return diagnose().stream()
                .filter(one -> one.subject().contains(subject))
                .findFirst()
                .orElseThrow();
    }

    private List<Diagnosis> diagnose() {
        return new HostCheckUp(root, file -> Files.exists(file) && !denied.contains(file), name -> library).diagnose();
    }
}
