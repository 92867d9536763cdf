package io.wattledger.collector.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.cgroup.Cgroups;
import io.wattledger.collector.cgroup.FakeCgroups;
import io.wattledger.collector.control.CollectorException;
import io.wattledger.collector.control.ListedRun;
import io.wattledger.collector.control.OpenRuns;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.process.GroupedUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadsTest {
    private static final String C = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String V1_JOB = "/slurm/uid_1000/job_4711";
    private static final String V2_JOB = "/system.slice/slurmstepd.scope/job_4711";
    private static final String UID = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private static final String POD =
            "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod" + UID.replace('-', '_') + ".slice";

    @TempDir
    Path root;

    private final Runs runs = new Runs();

    /** As a session keeps them. */
    private static final class Runs implements OpenRuns {
        final Map<String, ListedRun> open = new LinkedHashMap<>();
        final List<String> adopted = new ArrayList<>();
        final Map<String, Long> pids = new HashMap<>();

        @Override
        public List<ListedRun> runs() {
            return List.copyOf(open.values());
        }

        @Override
        public void adopt(RunStart start, @Nullable Long pid, @Nullable String group) throws CollectorException {
            if (open.containsKey(start.run())) {
                throw new CollectorException("open already");
            }
            open.put(start.run(), new ListedRun(start, 1, true, group));
            adopted.add(start.run());
            pids.put(start.run(), pid);
        }

        RunStart start(String run) {
            assertThat(open).containsKey(run);
            return open.get(run).start();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void opensARunForEachPieceOfWorkOfEveryPreset(boolean second) throws IOException {
        var fake = second ? FakeCgroups.v2(root) : FakeCgroups.v1(root);
        var job = second ? V2_JOB : V1_JOB;
        fake.set(job, 1, 1);
        fake.set(job + "/step_batch/user/task_0", 1, 1, 20);
        fake.set(POD, 1, 1);
        fake.set(POD + "/cri-containerd-" + C + ".scope", 1, 1, 30);
        fake.set("/system.slice/docker-" + C + ".scope", 1, 1, 40);
        fake.set("/system.slice/nginx.service", 1, 1, 50);
        fake.set("/system.slice/sshd.service", 1, 1, 60);
        fake.set("/batch/ann-12", 1, 1, 70);
        environment(20, "SLURM_JOB_ID=4711", "SLURM_JOB_USER=ann", "SLURM_JOB_ACCOUNT=physics", "SLURM_JOB_NAME=fit");
        environment(40, "STAGE=prod");
        environment(50, "A=b");
        environment(60, "A=b");
        environment(70, "A=b");
        var pods = Files.writeString(root.resolve("pods.json"), """
                {"items": [{"metadata": {"uid": "%s", "namespace": "shop", "name": "web-1", "labels": {"app": "web"}}}]}
                """.formatted(UID));
        var workloads = workloads(
                fake.open(),
                Map.of("workloads", "slurm,kubernetes,docker,systemd", "kubernetes.pods.file", pods.toString()),
                """
                kind=docker env.STAGE=prod -> project=web label.stage={env.STAGE}
                kind=systemd id=nginx.service -> project=proxy
                group batch ^/batch/(?<user>[a-z]+)-(?<id>[0-9]+)
                """);
        workloads.scan();

        assertThat(runs.adopted)
                .containsExactlyInAnyOrder(
                        "slurm-4711", "pod-" + UID, "docker-0123456789ab", "systemd-nginx.service", "batch-12");
        assertThat(runs.open.get("slurm-4711").group()).isEqualTo(job);
        assertThat(runs.start("slurm-4711")).satisfies(start -> {
            assertThat(start.project()).isEqualTo("physics");
            assertThat(start.user()).isEqualTo("ann");
            assertThat(start.name()).isEqualTo("fit");
        });
        assertThat(runs.start("pod-" + UID)).satisfies(start -> {
            assertThat(start.project()).isEqualTo("shop");
            assertThat(start.name()).isEqualTo("web-1");
            assertThat(start.labels()).containsEntry("app", "web").containsEntry("kubernetes.namespace", "shop");
        });
        assertThat(runs.start("docker-0123456789ab").project()).isEqualTo("web");
        assertThat(runs.start("docker-0123456789ab").labels()).containsEntry("stage", "prod");
        assertThat(runs.start("batch-12").user()).isEqualTo("ann");
        assertThat(runs.start("batch-12").project()).isEqualTo("default");
    }

    @Test
    void looksForNothingThatIsNotAskedFor() throws IOException {
        var fake = FakeCgroups.v1(root);
        fake.set(V1_JOB, 1, 1);
        fake.set("/docker/" + C, 1, 1);
        workloads(fake.open(), Map.of(), "").scan();

        assertThat(runs.adopted).isEmpty();
    }

    @Test
    void waitsALittleForProcessesThatTellWhoAJobIsFor() throws IOException {
        var fake = FakeCgroups.v1(root);
        fake.set(V1_JOB, 1, 1);
        var workloads = workloads(fake.open(), Map.of("workloads", "slurm"), "");
        workloads.scan();
        assertThat(runs.adopted).isEmpty();
        fake.set(V1_JOB, 1, 1, 20);
        environment(20, "SLURM_JOB_ID=4711", "SLURM_JOB_ACCOUNT=physics");
        workloads.scan();

        assertThat(runs.start("slurm-4711").project()).isEqualTo("physics");
    }

    @Test
    void waitsUntilAContainerIsMoreThanTheProcessThatMakesIt() throws IOException {
        var fake = FakeCgroups.v1(root);
        fake.set("/docker/" + C, 1, 1, 20);
        environment(20, "_LIBCONTAINER_INITPIPE=3", "GOMAXPROCS=");
        var workloads = workloads(
                fake.open(),
                Map.of("workloads", "docker"),
                "kind=docker env.STAGE=prod -> project=web\nkind=docker -> ignore");
        workloads.scan();
        environment(20, "STAGE=prod");
        workloads.scan();

        assertThat(runs.start("docker-0123456789ab").project()).isEqualTo("web");
    }

    @Test
    void butNotForEver() throws IOException {
        var fake = FakeCgroups.v1(root);
        fake.set(V1_JOB, 1, 1);
        var workloads = workloads(fake.open(), Map.of("workloads", "slurm"), "");
        workloads.scan();
        workloads.scan();
        workloads.scan();

        assertThat(runs.start("slurm-4711").user()).isEqualTo("1000");
    }

    @Test
    void doesNotOpenAgainWhatWasEnded() throws IOException {
        var fake = FakeCgroups.v1(root);
        job(fake);
        var workloads = workloads(fake.open(), Map.of("workloads", "slurm"), "");
        workloads.scan();
        runs.open.clear();
        workloads.scan();

        assertThat(runs.adopted).containsExactly("slurm-4711");
    }

    @Test
    void opensARunForAGroupThatWasMadeAnewUnderTheSameName() throws IOException {
        var fake = FakeCgroups.v1(root);
        job(fake);
        var workloads = workloads(fake.open(), Map.of("workloads", "slurm"), "");
        workloads.scan();
        runs.open.clear();
        fake.remove(V1_JOB);
        workloads.scan();
        job(fake);
        workloads.scan();

        assertThat(runs.adopted).containsExactly("slurm-4711", "slurm-4711");
    }

    @Test
    void doesSoOnceTheRunOfTheGroupBeforeIsOver() throws IOException {
        var fake = FakeCgroups.v1(root);
        job(fake);
        var workloads = workloads(fake.open(), Map.of("workloads", "slurm"), "");
        workloads.scan();
        fake.remove(V1_JOB);
        workloads.scan();
        fake.set("/in/its/place", 1, 1);
        job(fake);
        workloads.scan();
        assertThat(runs.adopted).as("the run of the group before is open still").hasSize(1);
        runs.open.clear();
        workloads.scan();

        assertThat(runs.adopted).containsExactly("slurm-4711", "slurm-4711");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void opensARunForAServiceThatIsStartedOnceMore() throws Exception {
        var builder = new ProcessBuilder("sh", "-c", "read end");
        var id = "env-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        builder.environment().put(RunStart.RUN_ID_VARIABLE, id);
        var workloads = workloads(FakeCgroups.v1(root).open(), Map.of("workloads", "environment"), "");
        var first = builder.start();
        try {
            workloads.scan();
            workloads.scan();
        } finally {
            first.destroyForcibly().waitFor();
        }
        var second = builder.start();
        try {
            workloads.scan();
            runs.open.clear();
            workloads.scan();
            workloads.scan();

            assertThat(runs.adopted).containsExactly(id, id);
            assertThat(runs.pids.get(id)).isEqualTo(second.pid());
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    @Test
    void leavesAGroupToTheRunThatHasIt() throws IOException {
        var fake = FakeCgroups.v1(root);
        job(fake);
        var start = new RunStart("prolog", "p", null, Map.of(), null, null, null, 1000);
        runs.open.put("prolog", new ListedRun(start, 1, true, V1_JOB));
        workloads(fake.open(), Map.of("workloads", "slurm"), "").scan();

        assertThat(runs.adopted).isEmpty();
    }

    @Test
    void leavesAloneWhatARuleSays() throws IOException {
        var fake = FakeCgroups.v1(root);
        job(fake);
        workloads(fake.open(), Map.of("workloads", "slurm"), "kind=slurm -> ignore")
                .scan();

        assertThat(runs.adopted).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void opensARunForRealProcessesThatCarryItsNameWhenTheyAreSeenTwice() throws Exception {
        var builder = new ProcessBuilder("sh", "-c", "read end");
        var id = "env-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        builder.environment().put(RunStart.RUN_ID_VARIABLE, id);
        builder.environment().put(RunStart.PROJECT_VARIABLE, "lab");
        var process = builder.start();
        try {
            var workloads = workloads(FakeCgroups.v1(root).open(), Map.of("workloads", "environment"), "");
            workloads.scan();
            assertThat(runs.adopted).doesNotContain(id);
            workloads.scan();

            assertThat(runs.start(id).project()).isEqualTo("lab");
            assertThat(runs.pids.get(id)).isEqualTo(process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void doesNotTakeARunFromItsWrapper() throws Exception {
        var builder = new ProcessBuilder("sh", "-c", "read end");
        var id = "env-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        builder.environment().put(RunStart.RUN_ID_VARIABLE, id);
        var process = builder.start();
        try {
            var workloads = workloads(FakeCgroups.v1(root).open(), Map.of("workloads", "environment"), "");
            var start = new RunStart(id, "p", null, Map.of(), null, null, null, 1000);
            runs.open.put(id, new ListedRun(start, 1, false, null));
            workloads.scan();
            runs.open.clear();
            workloads.scan();
            workloads.scan();

            assertThat(runs.adopted).doesNotContain(id);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void reportsAllThatIsWrongWithItsSettings() throws IOException {
        var rules = Files.writeString(root.resolve("rules"), "kind=slurm\nx=y -> ignore\n");
        var problems = new ArrayList<String>();
        settings(
                Map.of(
                        "rules.file", rules.toString(),
                        "kubernetes.pods.url", "kubelet",
                        "kubernetes.pods.file", "pods.json"),
                problems);

        assertThat(problems).hasSize(3);
        assertThat(problems).anyMatch(text -> text.contains("line 1")).anyMatch(text -> text.contains("line 2"));
        assertThat(problems).anyMatch(text -> text.contains("one of kubernetes.pods.url and kubernetes.pods.file"));
    }

    private void job(FakeCgroups fake) throws IOException {
        fake.set(V1_JOB, 1, 1, 20);
        environment(20, "SLURM_JOB_ID=4711");
    }

    private void environment(long pid, String... variables) throws IOException {
        Files.createDirectories(root.resolve("proc/" + pid));
        Files.writeString(root.resolve("proc/" + pid + "/environ"), String.join("\0", variables) + "\0");
    }

    private Workloads workloads(Cgroups cgroups, Map<String, String> given, String rules) throws IOException {
        var values = new HashMap<>(given);
        values.put("rules.file", Files.writeString(root.resolve("rules"), rules).toString());
        var problems = new ArrayList<String>();
        var settings = settings(values, problems);
        assertThat(problems).isEqualTo(List.of());
        var marked = GroupedUsage.ofThisHost(cgroups).markedProcesses();
        return new Workloads(settings, cgroups, marked, root.resolve("proc"), runs);
    }

    private static WorkloadSettings settings(Map<String, String> given, List<String> problems) {
        var values = WorkloadSettings.define(new ConfigDef()).parse(given);
        return WorkloadSettings.from(values, problems);
    }
}
