package io.wattledger.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.doctor.Diagnosis.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCheckUpTest {
    @TempDir
    Path root;

    @Test
    void aMachineWithNothingIsNotIll() {
        assertThat(diagnose()).extracting(Diagnosis::state).containsOnly(State.absent);
    }

    @Test
    void knowsBothVersionsOfCgroups() throws IOException {
        file("sys/fs/cgroup/cpu,cpuacct/cpuacct.usage");
        assertThat(diagnosis("cgroups").found()).contains("Version 1");
        file("sys/fs/cgroup/cgroup.controllers");
        assertThat(diagnosis("cgroups").found()).contains("Version 2");
    }

    private void file(String path) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    private Diagnosis diagnosis(String subject) {
        return diagnose().stream()
                .filter(one -> one.subject().contains(subject))
                .findFirst()
                .orElseThrow();
    }

    private List<Diagnosis> diagnose() {
        return new HostCheckUp(root, Files::isReadable).diagnose();
    }
}
