package io.wattledger.collector.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.collector.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With a control group that the kernel keeps, where groups of version 2 may be made. */
@EnabledOnOs(OS.LINUX)
class RealCgroupTest {
    private static final String BUSY = "read go; i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; read end";

    private final String group = "/wattledger-test-" + ProcessHandle.current().pid();
    private Path folder;

    @BeforeEach
    void makeGroup() throws IOException {
        var mount = Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(" - cgroup2 "))
                .map(line -> line.split(" "))
                .filter(fields -> fields[3].equals("/"))
                .map(fields -> Path.of(fields[4]))
                .findFirst();
        assumeTrue(mount.isPresent(), "No hierarchy of control groups of version 2 is mounted here");
        folder = mount.get().resolve(group.substring(1));
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            assumeTrue(false, "Cannot make control groups here: " + e);
        }
    }

    @AfterEach
    void removeGroup() throws IOException {
        if (folder != null) {
            Files.deleteIfExists(folder);
        }
    }

    @Test
    void seesAllThatTheProcessesOfAGroupUse() throws Exception {
        var usage = GroupedUsage.ofThisHost(Cgroups.ofHost(Path.of("/")));
        usage.join("group", null, group);
        var shell = new ProcessBuilder(List.of("sh", "-c", BUSY)).start();
        try {
            Files.writeString(folder.resolve("cgroup.procs"), shell.pid() + "\n");
            var orders = shell.outputWriter();
            orders.write("go\n");
            orders.flush();
            long before = 0;
            var table = ProcessTable.ofThisHost();
            // Busy until its time stands still over two looks.
            for (long now = -1; now != before || now < 50_000_000; ) {
                shell.waitFor(200, TimeUnit.MILLISECONDS);
                before = now;
                now = table.read(shell.pid()).orElseThrow().cpuNanos();
            }
            var use = usage.measure().get("group");

            // The clock ticks of a process are 10 ms; what it used before it was put into the group counts there alone.
            assertThat(use.cpuNanos()).isBetween(before - 40_000_000, before + 40_000_000);
            assertThat(use.memoryBytes()).isPositive();
            assertThat(use.alive()).isTrue();

            orders.write("end\n");
            orders.flush();
            assertThat(shell.waitFor()).isZero();
            assertThat(usage.measure().get("group").cpuNanos()).isGreaterThanOrEqualTo(use.cpuNanos());
            Files.delete(folder);
            assertThat(usage.measure().get("group").alive()).isFalse();
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }
}
