package io.wattledger.collector.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupsTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsTimeAndMemoryOfBothVersions(boolean second) throws IOException {
        var fake = second ? FakeCgroups.v2(root) : FakeCgroups.v1(root);
        fake.set("/a", 1500, 4096, 10);
        fake.set("/a/b.scope", 200, 1024, 11, 12);
        var cgroups = fake.open();

        assertThat(cgroups.mounted()).isTrue();
        assertThat(cgroups.list()).containsExactly("/a", "/a/b.scope");
        assertThat(cgroups.cpuNanos("/a")).hasValue(1_500_000_000L);
        assertThat(cgroups.memoryBytes("/a/b.scope")).hasValue(1024);
        assertThat(cgroups.processes("/a")).containsExactlyInAnyOrder(10L, 11L, 12L);
    }

    @Test
    void aGroupThatHasVanishedIsGoneAndNotZero() throws IOException {
        var fake = FakeCgroups.v2(root);
        fake.set("/a", 1500, 4096);
        var cgroups = fake.open();
        fake.remove("/a");

        assertThat(cgroups.cpuNanos("/a")).isEmpty();
        assertThat(cgroups.memoryBytes("/a")).isEmpty();
        assertThat(cgroups.processes("/a")).isEmpty();
        assertThat(cgroups.identity("/a")).isEmpty();
    }

    @Test
    void aGroupWithoutTheMemoryControllerHasNoMemoryToTell() throws IOException {
        var fake = FakeCgroups.v2(root);
        fake.set("/a", 1500, 4096);
        Files.delete(root.resolve("sys/fs/cgroup/a/memory.current"));

        assertThat(fake.open().memoryBytes("/a")).isEmpty();
        assertThat(fake.open().cpuNanos("/a")).hasValue(1_500_000_000L);
    }

    @Test
    void whatIsNoNumberIsAnErrorThatSaysWhere() throws IOException {
        var fake = FakeCgroups.v2(root);
        fake.set("/a", 1, 1);
        Files.writeString(root.resolve("sys/fs/cgroup/a/cpu.stat"), "usage_usec -5\n");
        var cgroups = fake.open();

        assertThatThrownBy(() -> cgroups.cpuNanos("/a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a/cpu.stat")
                .hasMessageContaining("-5");
    }

    @Test
    void unitsThatAreCalledLikeControllersAreGroups() throws IOException {
        var fake = FakeCgroups.v2(root);
        fake.set("/memory.slice/io.service", 1, 1);

        assertThat(fake.open().list()).containsExactly("/memory.slice", "/memory.slice/io.service");
    }

    @Test
    void whereVersionOneCountsTimeItIsAskedFirst() throws IOException {
        FakeCgroups.v1(root).set("/job", 10, 1);
        Files.createDirectories(root.resolve("sys/fs/cgroup/unified/job"));
        Files.writeString(root.resolve("sys/fs/cgroup/unified/job/cpu.stat"), "usage_usec 99\n");
        Files.createDirectories(root.resolve("sys/fs/cgroup/unified/only"));
        Files.writeString(root.resolve("sys/fs/cgroup/unified/only/cpu.stat"), "usage_usec 7\n");
        var cgroups = Cgroups.of("""
                33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw shared:10 - cgroup cgroup rw,cpu,cpuacct
                41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
                """, root);

        assertThat(cgroups.cpuNanos("/job")).hasValue(10_000_000);
        assertThat(cgroups.cpuNanos("/only")).hasValue(7_000);
        assertThat(cgroups.list()).containsExactly("/job", "/only");
    }

    @Test
    void aMountOfAPartShowsThatPart() throws IOException {
        Files.createDirectories(root.resolve("mnt/my groups/job"));
        Files.writeString(root.resolve("mnt/my groups/job/cpu.stat"), "usage_usec 7\n");
        var cgroups = Cgroups.of("41 31 0:38 /outer /mnt/my\\040groups rw - cgroup2 cgroup2 rw\n", root);

        assertThat(cgroups.list()).containsExactly("/outer/job");
        assertThat(cgroups.cpuNanos("/outer/job")).hasValue(7_000);
        assertThat(cgroups.cpuNanos("/job")).isEmpty();
    }

    @Test
    void withoutMountsThereAreNone() throws IOException {
        var cgroups = Cgroups.of("25 30 0:23 / /sys rw,nosuid - sysfs sysfs rw\n", root);

        assertThat(cgroups.mounted()).isFalse();
        assertThat(cgroups.list()).isEmpty();
        assertThat(cgroups.cpuNanos("/a")).isEmpty();
    }

    @Test
    void namesAreComparedAsWholes() {
        assertThat(Cgroups.isInside("/a/b", "/a")).isTrue();
        assertThat(Cgroups.isInside("/a", "/a")).isTrue();
        assertThat(Cgroups.isInside("/ab", "/a")).isFalse();
        assertThat(Cgroups.isInside("/a", "/")).isTrue();
    }

    @Test
    void knowsTheGroupsOfAProcess() {
        assertThat(ProcessGroups.parse("""
                        12:name=systemd:/user.slice
                        5:cpu,cpuacct:/slurm/uid_1/job_2
                        4:memory:/elsewhere
                        0::/user.slice/a:b
                        """)).isEqualTo(List.of("/slurm/uid_1/job_2", "/user.slice/a:b"));
    }
}
