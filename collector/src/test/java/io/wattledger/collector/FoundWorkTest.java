package io.wattledger.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole collector finds work in control groups of the kernel: such as a scheduler makes them, with real processes in them,
 * and those of a real container engine where one answers. No Kafka: all stays in the spool.
 */
@EnabledOnOs(OS.LINUX)
class FoundWorkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Ticks of the kernel are 10 ms; a group of version 2 and {@code cpuacct} count exactly. */
    private static final double TICKS_SECONDS = 0.06;

    private static final String BUSY =
            "read go; i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; times >&2; read end";

    private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s");

    @TempDir
    Path dataDir;

    private final String own = "wattledger-test-" + ProcessHandle.current().pid();
    private final Deque<Path> folders = new ArrayDeque<>();
    private final List<Process> processes = new ArrayList<>();
    private @Nullable Collector collector;
    private @Nullable String container;
    private boolean image;

    @AfterEach
    void leaveNothing() throws Exception {
        if (collector != null) {
            collector.close();
        }
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
        for (var folder : folders) {
            try (var left = Files.newDirectoryStream(folder, Files::isDirectory)) {
                if (!left.iterator().hasNext()) {
                    Files.deleteIfExists(folder);
                }
            }
        }
        if (container != null) {
            docker("rm", "--force", container);
        }
        if (image) {
            docker("rmi", own);
        }
    }

    @Test
    void jobsPodsContainersAndServicesAreRunsFromWhenTheyAreFoundToWhenTheyAreGone() throws Exception {
        var mount = hierarchyThatCounts();
        long number = 900_000_000L + ProcessHandle.current().pid();
        var uid = "aaaaaaaa-bbbb-cccc-dddd-"
                + String.format("%012x", ProcessHandle.current().pid());
        var id = String.format("%064x", ProcessHandle.current().pid());
        var job = group(mount, "slurm/uid_1000/job_" + number + "/step_0/task_0");
        var pod = group(mount, "kubepods/burstable/pod" + uid + "/" + id.replace('0', 'f'));
        var docker = group(mount, "docker/" + id);
        var service = group(mount, "system.slice/" + own + ".service");
        start("slurm,kubernetes,docker,systemd", """
                kind=slurm id=%1$d -> project={project}
                kind=kubernetes id=%2$s -> label.app={env.APP}
                kind=docker id=%3$s -> project="web shop"
                kind=systemd id=%4$s.service -> project=proxy
                kind=slurm -> ignore
                kind=kubernetes -> ignore
                kind=docker -> ignore
                """.formatted(number, uid, id.substring(0, 12), own));
        var runs = Map.of(
                "slurm-" + number,
                busyIn(
                        job,
                        Map.of(
                                "SLURM_JOB_ID", Long.toString(number),
                                "SLURM_JOB_USER", "ann",
                                "SLURM_JOB_ACCOUNT", "physics")),
                "pod-" + uid,
                busyIn(pod, Map.of("POD_NAME", "web-1", "POD_NAMESPACE", "shop", "APP", "web")),
                "docker-" + id.substring(0, 12),
                busyIn(docker, Map.of()),
                "systemd-" + own + ".service",
                busyIn(service, Map.of()));
        for (var run : runs.keySet()) {
            await(() -> !events(run).isEmpty());
        }

        var seconds = new HashMap<String, Double>();
        for (var run : runs.entrySet()) {
            say(run.getValue());
        }
        for (var run : runs.entrySet()) {
            seconds.put(run.getKey(), seconds(run.getValue().errorReader().readLine()));
        }
        awaitAnotherSample();
        for (var process : runs.values()) {
            process.destroyForcibly().waitFor();
        }
        var step = Objects.requireNonNull(job.getParent());
        for (var folder : List.of(job, step, step.getParent(), pod, pod.getParent(), docker, service)) {
            remove(folder);
        }
        for (var run : runs.keySet()) {
            await(() -> last(run).getFinished() != null);
            assertThat(cpuSeconds(run))
                    .as(run)
                    .isCloseTo(Objects.requireNonNull(seconds.get(run)), within(TICKS_SECONDS));
        }
        assertThat(last("slurm-" + number)).satisfies(event -> {
            assertThat(event.getProject()).isEqualTo("physics");
            assertThat(event.getUser()).isEqualTo("ann");
        });
        assertThat(last("pod-" + uid)).satisfies(event -> {
            assertThat(event.getProject()).isEqualTo("shop");
            assertThat(event.getName()).isEqualTo("web-1");
            assertThat(event.getLabels()).containsEntry("app", "web");
        });
        assertThat(last("docker-" + id.substring(0, 12)).getProject()).isEqualTo("web shop");
        assertThat(last("systemd-" + own + ".service").getProject()).isEqualTo("proxy");
    }

    @Test
    void aContainerThatIsRestartedIsOneRun() throws Exception {
        assumeTrue(answers("docker", "info"), "No container engine answers here (docker info)");
        var name = own + "-container";
        imageOfTheShellHere();
        start("docker", """
                kind=docker env.OWN=%s -> project=shop
                kind=docker -> ignore
                """.formatted(own));
        container = name;
        var id = docker(
                "run",
                "--detach",
                "--interactive",
                "--network=none",
                "--name=" + name,
                "--env=OWN=" + own,
                own,
                "/bin/sh",
                "-c",
                "read end");
        var run = "docker-" + id.substring(0, 12);
        await(() -> !events(run).isEmpty());
        double first = busyInside(name);
        await(() -> cpuSeconds(run) > first - TICKS_SECONDS);

        docker("restart", "--time=0", name);
        await(() -> events(run).size() >= 3 && last(run).getFinished() == null);
        var again = last(run);
        var end = events(run).stream()
                .filter(event -> event.getFinished() != null)
                .findFirst()
                .orElseThrow();
        assertThat(again.getStarted()).isAfter(end.getFinished());
        assertThat(again.getProject()).isEqualTo("shop");
        double second = busyInside(name);
        await(() -> cpuSeconds(run) > first + second - TICKS_SECONDS);

        docker("rm", "--force", name);
        container = null;
        await(() -> last(run).getFinished() != null && last(run).getFinished().isAfter(again.getStarted()));
    }

    private void start(String workloads, String rules) throws IOException {
        var file = Files.writeString(dataDir.resolve("rules"), rules);
        collector = Collector.start(
                CollectorConfig.of(Map.of(
                        "data.dir",
                        dataDir.toString(),
                        "zone",
                        "FR",
                        "interval.ms",
                        "200",
                        "workloads",
                        workloads,
                        "workloads.scan.ms",
                        "500",
                        "rules.file",
                        file.toString())),
                endpoints -> null);
    }

    private static Path hierarchyThatCounts() throws IOException {
        var mounts = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" ", 5))
                .toList();
        var mount = mounts.stream()
                .filter(fields -> fields[2].equals("cgroup") && fields[3].contains("cpuacct"))
                .findFirst()
                .or(() -> mounts.stream()
                        .filter(fields -> fields[2].equals("cgroup2"))
                        .findFirst());
        assumeTrue(mount.isPresent(), "No control groups are mounted here");
        return Path.of(mount.get()[1]);
    }

    /** With those around it, which are removed again when this has made them. */
    private Path group(Path mount, String path) {
        var folder = mount;
        for (var name : Path.of(path)) {
            folder = folder.resolve(name);
            try {
                if (!Files.exists(folder)) {
                    Files.createDirectory(folder);
                    folders.push(folder);
                }
            } catch (IOException e) {
                assumeTrue(false, "Cannot make control groups here: " + e);
            }
        }
        return folder;
    }

    /** The kernel lets go of a group a moment after its last process is gone. */
    private void remove(Path folder) throws IOException {
        await(() -> {
            try {
                return Files.deleteIfExists(folder) || Files.notExists(folder);
            } catch (IOException e) {
                return false;
            }
        });
        folders.remove(folder);
    }

    private Process busyIn(Path group, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder("sh", "-c", BUSY);
        builder.environment().putAll(environment);
        var process = builder.start();
        processes.add(process);
        Files.writeString(group.resolve("cgroup.procs"), process.pid() + "\n");
        return process;
    }

    private static void say(Process process) throws IOException {
        var orders = process.outputWriter();
        orders.write("now\n");
        orders.flush();
    }

    private static double seconds(String times) {
        var found = TIMES.matcher(times);
        assertThat(found.find()).as(times).isTrue();
        return 60 * (Integer.parseInt(found.group(1)) + Integer.parseInt(found.group(3)))
                + Double.parseDouble(found.group(2))
                + Double.parseDouble(found.group(4));
    }

    private List<RunEvent> events(String run) throws IOException {
        return new SpooledRecords(dataDir)
                .of(RunEvent.class).stream()
                        .filter(event -> event.getRun().equals(run))
                        .toList();
    }

    private RunEvent last(String run) throws IOException {
        var events = events(run);
        return events.get(events.size() - 1);
    }

    private double cpuSeconds(String run) throws IOException {
        return new SpooledRecords(dataDir)
                        .of(PowerSamples.class).stream()
                                .flatMap(record -> record.getSamples().stream())
                                .flatMap(sample -> sample.getUsage().stream())
                                .filter(usage -> usage.getRun().equals(run))
                                .mapToLong(Usage::getCpuTimeNanos)
                                .sum()
                / 1e9;
    }

    private void awaitAnotherSample() throws Exception {
        int before = new SpooledRecords(dataDir).of(PowerSamples.class).size();
        await(() -> new SpooledRecords(dataDir).of(PowerSamples.class).size() > before + 1);
    }

    private static double busyInside(String name) throws Exception {
        var shell = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; times";
        return seconds(docker("exec", name, "/bin/sh", "-c", shell));
    }

    /** An image of nothing but a shell, so that none has to be fetched. */
    private void imageOfTheShellHere() throws Exception {
        var root = Files.createDirectories(dataDir.resolve("image"));
        var shell = Path.of("/bin/sh").toRealPath();
        var files = new ArrayList<>(List.of(Path.of("/bin/sh")));
        var libraries = output("ldd", shell.toString());
        Pattern.compile("/[^ ]*/[^ ]+")
                .matcher(libraries)
                .results()
                .forEach(library -> files.add(Path.of(library.group())));
        for (var file : files) {
            var copy = root.resolve(file.toString().substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(file.toRealPath(), copy);
        }
        var tar = dataDir.resolve("image.tar");
        output("tar", "--create", "--file=" + tar, "--directory=" + root, ".");
        docker("import", tar.toString(), own);
        image = true;
    }

    private static String docker(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return output(command.toArray(String[]::new));
    }

    private static String output(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).as("%s: %s", List.of(command), text).isZero();
        return text;
    }

    private static boolean answers(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
