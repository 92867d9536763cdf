package io.wattledger.collector.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecogniserTest {
    private static final String C = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private final Recogniser slurm = new SlurmJobs();
    private final Recogniser pods = new KubernetesPods(new PodList(null, () -> 0));
    private final Recogniser containers = new Containers();

    @ParameterizedTest
    @CsvSource({
        "/slurm/uid_1000/job_4711, /slurm/uid_1000/job_4711",
        "/slurm/uid_1000/job_4711/step_batch/task_0, /slurm/uid_1000/job_4711",
        "/slurm_node01/uid_1000/job_4711/step_0, /slurm_node01/uid_1000/job_4711",
        "/system.slice/slurmstepd.scope/job_4711/step_0/user/task_0, /system.slice/slurmstepd.scope/job_4711",
        "/system.slice/node01_slurmstepd.scope/job_4711, /system.slice/node01_slurmstepd.scope/job_4711",
    })
    void knowsSlurmJobsWithAllTheirSteps(String group, String job) {
        var match = slurm.match(group).orElseThrow();

        assertThat(match.group()).isEqualTo(job);
        assertThat(match.id()).isEqualTo("4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/slurm/uid_1000",
                "/slurm/system",
                "/system.slice/slurmstepd.scope",
                "/system.slice/slurmstepd.scope/system",
                "/slurm/uid_1000/job_x",
                "/user.slice",
            })
    void takesNothingElseForASlurmJob(String group) {
        assertThat(slurm.match(group)).isEmpty();
    }

    @Test
    void slurmTellsWhoAJobIsForByItsEnvironment() {
        var match = slurm.match("/slurm/uid_1000/job_4711").orElseThrow();
        var environment = Map.of(
                "SLURM_JOB_ID",
                "4711",
                "SLURM_JOB_USER",
                "ann",
                "SLURM_JOB_ACCOUNT",
                "physics",
                "SLURM_JOB_NAME",
                "fit",
                "SLURM_JOB_PARTITION",
                "gpu");
        var job = slurm.describe(match, environment);

        assertThat(slurm.tells(match, environment)).isTrue();
        assertThat(slurm.tells(match, Map.of("SLURM_JOB_ID", "4712"))).isFalse();
        assertThat(job.user()).isEqualTo("ann");
        assertThat(job.project()).isEqualTo("physics");
        assertThat(job.name()).isEqualTo("fit");
        assertThat(job.labels()).containsEntry("slurm.partition", "gpu");
        assertThat(slurm.describe(match, Map.of()).user()).isEqualTo("1000");
    }

    @ParameterizedTest
    @CsvSource({
        "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podaaaaaaaa_bbbb_cccc_dddd_eeeeeeeeeeee.slice",
        "/kubepods.slice/kubepods-podaaaaaaaa_bbbb_cccc_dddd_eeeeeeeeeeee.slice",
        "/kubepods/burstable/podaaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "/kubepods/podaaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podaaaaaaaa_bbbb_cccc_dddd_eeeeeeeeeeee.slice",
    })
    void knowsPodsOfBothDriversWithAllTheirContainers(String pod) {
        for (var group : new String[] {pod, pod + "/cri-containerd-" + C + ".scope", pod + "/" + C}) {
            var match = pods.match(group).orElseThrow();

            assertThat(match.group()).isEqualTo(pod);
            assertThat(match.id()).isEqualTo("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
        }
    }

    @Test
    void knowsStaticPodsByTheHashOfTheirManifest() {
        assertThat(pods.match(
                        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + "0f".repeat(16) + ".slice"))
                .map(GroupMatch::id)
                .contains("0f".repeat(16));
    }

    @Test
    void aPodIsCalledAsTheDownwardApiSaysWhereNothingListsIt() {
        var match =
                pods.match("/kubepods/podaaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee").orElseThrow();
        var named = pods.describe(match, Map.of("POD_NAME", "web-1", "POD_NAMESPACE", "shop", "HOSTNAME", "h"));

        assertThat(named.name()).isEqualTo("web-1");
        assertThat(named.namespace()).isEqualTo("shop");
        assertThat(pods.complete(named)).isTrue();
        assertThat(pods.describe(match, Map.of("HOSTNAME", "web-1")).name()).isEqualTo("web-1");
        assertThat(pods.complete(pods.describe(match, Map.of("HOSTNAME", "web-1"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/system.slice/docker-" + C + ".scope",
                "/docker/" + C,
                "/machine.slice/libpod-" + C + ".scope",
                "/system.slice/cri-containerd-" + C + ".scope",
                "/libpod_parent/libpod-" + C,
                "/default/" + C,
            })
    void knowsContainers(String group) {
        assertThat(containers.match(group + "/init.scope").orElseThrow()).satisfies(match -> {
            assertThat(match.group()).isEqualTo(group);
            assertThat(match.id()).isEqualTo("0123456789ab");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docker", "/docker/short", "/machine.slice/libpod-conmon-" + C + ".scope", "/a/b"})
    void takesNothingElseForAContainer(String group) {
        assertThat(containers.match(group)).isEmpty();
    }

    @Test
    void knowsServicesOfTheSystem() {
        var units = new SystemdUnits();

        assertThat(units.match("/system.slice/nginx.service/workers"))
                .contains(new GroupMatch("/system.slice/nginx.service", "nginx.service", Map.of()));
        assertThat(units.match("/system.slice/system-getty.slice/getty@tty1.service"))
                .map(GroupMatch::id)
                .contains("getty@tty1.service");
        assertThat(units.match("/user.slice/a.service")).isEmpty();
    }

    @Test
    void knowsWhatTheUserDescribes() {
        var batch = new GroupPattern("batch", "^/batch[.]slice/(?<user>[a-z]+)-(?<queue>[a-z]+)-(?<id>[0-9]+)");
        var match = batch.match("/batch.slice/ann-long-12/step").orElseThrow();
        var work = batch.describe(match, Map.of());

        assertThat(match.group()).isEqualTo("/batch.slice/ann-long-12");
        assertThat(work.kind()).isEqualTo("batch");
        assertThat(work.user()).isEqualTo("ann");
        assertThat(work.labels()).isEqualTo(Map.of("queue", "long"));
        assertThat(batch.match("/batch.slice/ann-long-12.scope")).isEmpty();
        assertThatThrownBy(() -> new GroupPattern("batch", "^/batch")).hasMessageContaining("(?<id>");
    }
}
