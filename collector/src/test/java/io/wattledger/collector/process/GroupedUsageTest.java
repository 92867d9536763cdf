package io.wattledger.collector.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.collector.cgroup.FakeCgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupedUsageTest {
    private static final long MILLI = 1_000_000;
    private static final String JOB = "/slurm/uid_1/job_7";

    @TempDir
    Path root;

    private final FakeTable table = new FakeTable();
    private final Map<Long, List<String>> places = new HashMap<>();
    private FakeCgroups cgroups;
    private GroupedUsage usage;

    @BeforeEach
    void makeHost() throws IOException {
        cgroups = FakeCgroups.v1(root);
        cgroups.set(JOB, 5000, 1000);
        usage = collector();
        table.start(1, 0);
    }

    private GroupedUsage collector() {
        return new GroupedUsage(table, cgroups.open(), pid -> places.getOrDefault(pid, List.of()));
    }

    @Test
    void countsWhatAGroupUsesFromWhenItWasJoined() throws IOException {
        usage.join("job", null, JOB);
        assertThat(millis("job")).isZero();
        cgroups.set(JOB, 5300, 2000);

        assertThat(millis("job")).isEqualTo(300);
        assertThat(usage.measure().get("job").memoryBytes()).isEqualTo(2000);
    }

    @Test
    void keepsWhatAGroupHadUsedWhenItIsGone() throws IOException {
        usage.join("job", null, JOB);
        cgroups.set(JOB, 5300, 2000);
        usage.measure();
        cgroups.remove(JOB);

        assertThat(usage.measure().get("job")).isEqualTo(new RunUsage.Use(300 * MILLI, 0, false));
    }

    @Test
    void anotherGroupOfTheSameNameIsNotTheRun() throws IOException {
        usage.join("job", null, JOB);
        cgroups.set(JOB, 5300, 2000);
        usage.measure();
        cgroups.set(JOB, 10, 2000);

        assertThat(usage.measure().get("job").alive()).isFalse();
        assertThat(millis("job")).isEqualTo(300);
    }

    @Test
    void aFailedReadIsNeitherAnEndNorAZero() throws IOException {
        usage.join("job", null, JOB);
        cgroups.set(JOB, 5300, 2000);
        usage.measure();
        Files.writeString(root.resolve("sys/fs/cgroup/cpu,cpuacct" + JOB + "/cpuacct.usage"), "?\n");
        assertThat(usage.measure().get("job").alive()).isTrue();
        assertThat(millis("job")).isEqualTo(300);
        cgroups.set(JOB, 5900, 2000);

        assertThat(millis("job")).isEqualTo(900);
    }

    @Test
    void aRunInsideAJobHasItsUseToItself() throws IOException {
        usage.join("job", null, JOB);
        wrapperInTheJob("inner", 20);
        table.work(20, 400);
        cgroups.set(JOB, 5500, 50_000);

        assertThat(millis("inner")).isEqualTo(400);
        assertThat(millis("job")).isEqualTo(100);
        assertThat(usage.measure().get("job").memoryBytes()).isEqualTo(50_000 - 10 * 4096);
    }

    @Test
    void andTheJobDoesNotGetItBackWhenThatHasEnded() throws IOException {
        usage.join("job", null, JOB);
        wrapperInTheJob("inner", 20);
        table.work(20, 400);
        cgroups.set(JOB, 5500, 1000);
        usage.measure();
        usage.rootEnded("inner", 450 * MILLI);
        usage.measure();
        usage.forget("inner");
        cgroups.set(JOB, 5600, 1000);

        assertThat(millis("job")).isEqualTo(150);
    }

    @Test
    void whatARunInsideHadUsedBeforeTheJobWasFoundIsNotTakenOff() throws IOException {
        wrapperInTheJob("inner", 20);
        table.work(20, 400);
        usage.join("job", null, JOB);
        table.work(20, 50);
        cgroups.set(JOB, 5070, 1000);

        assertThat(millis("inner")).isEqualTo(450);
        assertThat(millis("job")).isEqualTo(20);
    }

    @Test
    void aGroupInsideAGroupIsTakenOffOnce() throws IOException {
        cgroups.set(JOB + "/docker/c", 100, 300);
        usage.join("job", null, JOB);
        usage.join("container", null, JOB + "/docker/c");
        table.start(20, 1);
        places.put(20L, List.of(JOB + "/docker/c"));
        usage.begin("inner", null, null);
        usage.rootStarted("inner", 20);
        table.work(20, 10);
        cgroups.set(JOB + "/docker/c", 140, 300);
        cgroups.set(JOB, 5100, 1000);

        assertThat(millis("inner")).isEqualTo(10);
        assertThat(millis("container")).isEqualTo(30);
        assertThat(millis("job")).isEqualTo(60);
    }

    @Test
    void goesOnInAnotherCollector() throws IOException {
        usage.join("job", null, JOB);
        wrapperInTheJob("inner", 20);
        table.work(20, 400);
        cgroups.set(JOB, 5500, 1000);
        usage.measure();
        var job = usage.state("job");
        var inner = usage.state("inner");
        table.work(20, 60);
        cgroups.set(JOB, 5600, 1000);

        usage = collector();
        usage.begin("job", null, job);
        usage.begin("inner", null, inner);

        assertThat(millis("inner")).isEqualTo(460);
        assertThat(millis("job")).isEqualTo(140);
    }

    @Test
    void withoutAMemoryControllerItAddsUpTheProcesses() throws IOException {
        table.start(30, 1);
        table.start(31, 1);
        table.proportional.put(31L, 700L);
        cgroups.set(JOB, 5000, 0, 30, 31);
        Files.delete(root.resolve("sys/fs/cgroup/memory" + JOB + "/memory.usage_in_bytes"));
        usage.join("job", null, JOB);

        assertThat(usage.measure().get("job").memoryBytes()).isEqualTo(10 * 4096 + 700);
    }

    @Test
    void joinsAProcessTreeFromNowOn() throws IOException {
        table.start(40, 1);
        table.start(41, 40);
        table.work(41, 900);
        usage.join("tree", 40L, null);
        table.work(41, 5);

        assertThat(millis("tree")).isEqualTo(5);
        table.end(41);
        assertThat(millis("tree")).isEqualTo(5);
        table.end(40);
        assertThat(usage.measure().get("tree").alive()).isFalse();
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> usage.join("a", null, "/nowhere"))
                .isInstanceOf(NoSuchWorkException.class)
                .hasMessageContaining("/nowhere");
        assertThatThrownBy(() -> usage.join("a", 4711L, null))
                .isInstanceOf(NoSuchWorkException.class)
                .hasMessageContaining("4711");
        assertThat(usage.measure()).isEmpty();
    }

    @Test
    void asksForProportionalMemoryOnlyWhenMemoryHasChanged() throws IOException {
        table.start(40, 1);
        table.proportional.put(40L, 700L);
        usage.join("tree", 40L, null);
        int asked = table.proportionalAsked;

        assertThat(usage.measure().get("tree").memoryBytes()).isEqualTo(700);
        assertThat(table.proportionalAsked).isEqualTo(asked);
    }

    private void wrapperInTheJob(String run, long pid) {
        table.start(pid, 1);
        places.put(pid, List.of(JOB + "/step_0"));
        usage.begin(run, null, null);
        usage.rootStarted(run, pid);
    }

    private long millis(String run) {
        return usage.measure().get(run).cpuNanos() / MILLI;
    }
}
