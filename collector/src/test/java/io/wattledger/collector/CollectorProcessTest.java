package io.wattledger.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.collector.control.CollectorClient;
import io.wattledger.collector.control.CollectorException;
import io.wattledger.collector.control.CollectorLauncher;
import io.wattledger.collector.control.CollectorStatus;
import io.wattledger.collector.control.FunctionalUnits;
import io.wattledger.collector.control.MeasuredRun;
import io.wattledger.collector.control.Registered;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.process.ReapedChildren;
import io.wattledger.collector.publish.SamplePublisher;
import io.wattledger.collector.survey.SensorSurvey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Collectors and wrappers as processes of their own, killed in the middle of a run. No Kafka: all stays in the spool. */
@EnabledOnOs(OS.LINUX)
class CollectorProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path dataDir;

    @AfterEach
    void stopCollector() {
        status().ifPresent(status -> {
            ProcessHandle.of(status.pid()).ifPresent(ProcessHandle::destroy);
            await(() -> ProcessHandle.of(status.pid())
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        });
    }

    @Test
    void measuresARunThatStartedBeforeAnyCollectorWasUp() throws Exception {
        long reapedBefore = ReapedChildren.cpuNanos().orElseThrow();
        try (var run = begin("01A")) {
            long before = System.nanoTime();
            var child = sh("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done");
            run.childStarted(child.pid());
            child.waitFor();
            long took = System.nanoTime() - before;
            var ended = run.end(0, new FunctionalUnits("request", 3), PATIENCE);

            assertThat(ended.finishedMillis() - ended.startedMillis())
                    .isBetween(took / 1_000_000 - 5, took / 1_000_000 + 1000);
            long used = ReapedChildren.cpuNanos().orElseThrow() - reapedBefore;
            assertThat(used).isPositive();
            assertThat(ended.cpuNanos()).isBetween(used - 30_000_000, used + 30_000_000);
        }
        var samples = samples();
        assertThat(samples).isNotEmpty();
        assertThat(samples).allMatch(sample -> !sample.getReadings().isEmpty());
        assertThat(events("01A")).extracting(RunEvent::getFunctionalUnits).containsExactly(null, 3L);
        assertContiguous(samples);
    }

    @Test
    void registersWithTheCollectorThatIsThereBeforeTheCommandStarts() throws Exception {
        startCollector();
        // A command does not wait for its collector for longer than a busy machine may take.
        await(() -> zoneAtBegin("01A").equals(Optional.of("FR")));
    }

    @Test
    void waitsForTheCollectorOfSomebodyElseAndStartsNone() throws Exception {
        startCollector();
        try (var run = WrapperMain.begin(dataDir, "01A", null)) {
            var child = sh("read line");
            run.childStarted(child.pid());
            var first = awaitSample();
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
            await(() -> status().isEmpty());
            startCollector();
            var second = awaitSample();
            child.getOutputStream().close();
            run.end(child.waitFor(), null, PATIENCE);

            assertThat(second.pid()).isNotEqualTo(first.pid());
        }
        assertThat(collectorSessions()).hasSize(2);
        assertThat(events("01A")).extracting(RunEvent::getFinished).last().isNotNull();
    }

    @Test
    void saysThatSomebodyElseIsToKeepTheCollectorUp() throws Exception {
        try (var run = WrapperMain.begin(dataDir, "01A", null)) {
            var child = sh("exit 0");
            run.childStarted(child.pid());
            int exit = child.waitFor();
            assertThatThrownBy(() -> run.end(exit, null, Duration.ofMillis(100)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No collector took the end of run 01A")
                    .hasMessageContaining("somebody else is to keep it up");
        }
        assertThat(dataDir.resolve("logs")).doesNotExist();
    }

    private Optional<String> zoneAtBegin(String id) {
        try (var run = begin(id)) {
            return run.registered().map(Registered::zone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command starts only after the wrapper has registered: what that loads, the user waits for. */
    @Test
    void loadsNothingHeavyIntoTheWrapper() throws Exception {
        startCollector();
        var log = dataDir.resolve("classes.log");
        var wrapper = new ProcessBuilder(
                        java(),
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        classPath(),
                        WrapperMain.class.getName(),
                        dataDir.toString(),
                        "01A",
                        "exit 0")
                .inheritIO()
                .start();
        assertThat(wrapper.waitFor()).isZero();

        assertThat(Files.readAllLines(log))
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*\\] (org[.](apache|slf4j)|com[.]fasterxml|oshi)[.].*"));
    }

    @Test
    void lastsThroughTheDeathOfTheCollector() throws Exception {
        try (var run = begin("01A")) {
            var child = sh("i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done");
            run.childStarted(child.pid());
            long first = awaitSample().pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            await(() -> status().filter(status -> status.pid() != first && status.runs() == 1)
                    .isPresent());
            child.waitFor();
            run.end(0, null, PATIENCE);
        }
        var samples = samples();
        assertContiguous(samples);
        var last = events("01A").get(events("01A").size() - 1);
        var first = events("01A").get(0);
        assertThat(last.getSession()).isNotEqualTo(first.getSession());
        assertThat(last.getFirstSeq()).isEqualTo(1);
        assertThat(last.getStarted()).isEqualTo(first.getStarted());
        assertThat(samples.get(0).getStart()).isEqualTo(first.getStarted());
        assertThat(samples.get(samples.size() - 1).getEnd()).isEqualTo(last.getFinished());
    }

    @Test
    void endsTheRunOfAWrapperThatWasKilled() throws Exception {
        startCollector();
        var wrapper = new ProcessBuilder(
                        java(), "-cp", classPath(), WrapperMain.class.getName(), dataDir.toString(), "01A", "sleep 30")
                .redirectErrorStream(true)
                .redirectOutput(dataDir.resolve("wrapper.log").toFile())
                .start();
        await(() -> status().filter(status -> status.runs() == 1).isPresent());
        var child = new ProcessHandle[1];
        await(() -> {
            child[0] = wrapper.descendants().findFirst().orElse(null);
            return child[0] != null;
        });
        wrapper.destroyForcibly();
        await(() -> status().filter(status -> status.runs() == 0).isPresent());
        child[0].destroy();

        var last = events("01A").get(events("01A").size() - 1);
        assertThat(last.getFinished()).isNotNull();
        assertThat(last.getExitCode()).isNull();
    }

    @Test
    void answersAgainOnceThereAreFilesToOpen() throws Exception {
        var log = dataDir.resolve("few-files.log");
        new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 150 && exec \"$@\"",
                        "sh",
                        java(),
                        "-cp",
                        classPath(),
                        CollectorMain.class.getName(),
                        "data.dir=" + dataDir)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await(() -> isReady(log));
        var connections = new ArrayList<SocketChannel>();
        try {
            // As many as it takes, and those that the kernel lets wait; then nobody accepts any more.
            for (int refused = 0; refused < 20; ) {
                var connection = SocketChannel.open(StandardProtocolFamily.UNIX);
                connections.add(connection);
                connection.configureBlocking(false);
                try {
                    connection.connect(UnixDomainSocketAddress.of(dataDir.resolve("collector/control.sock")));
                    refused = 0;
                } catch (IOException e) {
                    refused++;
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            }
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
        await(() -> status().isPresent());
    }

    private static boolean isReady(Path log) {
        try {
            return Files.readString(log).contains("collector ready");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void givesTwoRunsAtOnceOneRowOfSamples() throws Exception {
        var wrappers = List.of(wrapper("01A"), wrapper("01B"));
        for (var wrapper : wrappers) {
            assertThat(wrapper.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(wrapper.exitValue()).isZero();
        }
        var samples = samples();
        assertThat(collectorSessions()).hasSize(1);
        assertContiguous(samples);
        for (var run : List.of("01A", "01B")) {
            var start = events(run).get(0);
            var end = events(run).get(events(run).size() - 1);
            var used = samples.stream()
                    .filter(sample ->
                            sample.getUsage().stream().map(Usage::getRun).anyMatch(run::equals))
                    .toList();
            assertThat(used.get(0).getStart()).isEqualTo(start.getStarted());
            assertThat(used.get(used.size() - 1).getEnd()).isEqualTo(end.getFinished());
            assertThat(used.get(0).getSeq()).isEqualTo(end.getFirstSeq());
            assertThat(used.get(used.size() - 1).getSeq()).isEqualTo(end.getLastSeq());
        }
        long capacity =
                samples.stream().mapToLong(Sample::getCapacityCpuTimeNanos).sum();
        long used = samples.stream()
                .flatMap(sample -> sample.getUsage().stream())
                .mapToLong(Usage::getCpuTimeNanos)
                .sum();
        assertThat(used).isPositive().isLessThanOrEqualTo(capacity);
    }

    @Test
    void refusesToRunTwiceAndSaysWhoIsThere() throws Exception {
        try (var first = Collector.start(config(), endpoints -> null)) {
            assertThat(first.status().runs()).isZero();
            assertThatThrownBy(() -> Collector.start(
                            CollectorConfig.of(Map.of("data.dir", dataDir.toString())), endpoints -> null))
                    .isInstanceOf(CollectorException.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
        var second = new ProcessBuilder(java(), "-cp", classPath(), CollectorMain.class.getName(), "bogus=1")
                .redirectErrorStream(true)
                .start();
        assertThat(second.waitFor()).isEqualTo(2);
        assertThat(new String(second.getInputStream().readAllBytes())).contains("data.dir", "bogus");
    }

    @Test
    void letsNobodyElseIn() throws Exception {
        try (var collector = Collector.start(config(), endpoints -> null)) {
            assertThat(collector.status().host()).isEqualTo("vm");
            assertThat(permissions(dataDir.resolve("collector"))).isEqualTo("rwx------");
            assertThat(permissions(dataDir.resolve("collector/control.sock"))).isEqualTo("rw-------");
        }
        assertThat(CollectorClient.connect(dataDir.resolve("collector"))).isEmpty();
    }

    @Test
    void findsASocketWhosePathIsLong(@TempDir Path top) throws Exception {
        var deep = top.resolve("d".repeat(120));
        try (var collector =
                        Collector.start(CollectorConfig.of(Map.of("data.dir", deep.toString())), endpoints -> null);
                var client = CollectorClient.connect(deep.resolve("collector")).orElseThrow()) {
            assertThat(client.status(PATIENCE).pid())
                    .isEqualTo(collector.status().pid());
        }
    }

    @Test
    void endsByItselfWhenItHasNoRunAndEverythingIsSent() throws Exception {
        var settings = Map.of(
                "data.dir", dataDir.toString(),
                "exit.when.idle.ms", "100",
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "http://localhost:2");
        try (var collector = Collector.start(CollectorConfig.of(settings), endpoints -> new TakesEverything())) {
            collector.awaitIdle();

            assertThat(collector.status().unsentBytes()).isZero();
            assertThat(collector.status().bootstrapServers()).isEqualTo("localhost:1");
        }
    }

    @Test
    void endsByItselfWhenItsFolderIsGone() throws Exception {
        try (var collector = Collector.start(config(), endpoints -> null)) {
            Files.move(dataDir.resolve("collector"), dataDir.resolve("elsewhere"));
            collector.awaitIdle();
        }
    }

    @Test
    void doesNotWaitForACollectorThatListens() throws Exception {
        try (var first = Collector.start(config(), endpoints -> null)) {
            long before = System.nanoTime();
            assertThatThrownBy(() -> Collector.start(config(), endpoints -> null))
                    .isInstanceOf(CollectorException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
            assertThat(first.status().host()).isEqualTo("vm");
        }
    }

    @Test
    void leavesNothingBehindWhenItCannotStart() throws Exception {
        var before = collectorThreads();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings =
                    Map.of("data.dir", dataDir.toString(), "health.port", Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(() -> Collector.start(CollectorConfig.of(settings), endpoints -> null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("health.port");
        }
        for (var thread : collectorThreads()) {
            if (!before.contains(thread)) {
                thread.join(PATIENCE.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
        try (var collector = Collector.start(config(), endpoints -> null)) {
            assertThat(collector.status().host()).isEqualTo("vm");
        }
    }

    private static Set<Thread> collectorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("collector-"))
                .collect(Collectors.toSet());
    }

    private static final class TakesEverything implements SamplePublisher {
        @Override
        public List<Rejection> publish(List<SpecificRecord> records) {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private MeasuredRun begin(String run) throws IOException {
        return WrapperMain.begin(dataDir, run);
    }

    private Process wrapper(String run) throws IOException {
        return new ProcessBuilder(
                        java(),
                        "-cp",
                        classPath(),
                        WrapperMain.class.getName(),
                        dataDir.toString(),
                        run,
                        "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done")
                .redirectErrorStream(true)
                .redirectOutput(dataDir.resolve(run + ".log").toFile())
                .start();
    }

    private void startCollector() throws IOException {
        WrapperMain.launcher(dataDir).launch();
        await(() -> status().isPresent());
    }

    private CollectorConfig config() {
        return CollectorConfig.of(
                Map.of("data.dir", dataDir.toString(), "host.name", "vm", "exit.when.idle.ms", "60000"));
    }

    private static Process sh(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    private Optional<CollectorStatus> status() {
        try (var client = CollectorClient.connect(dataDir.resolve("collector")).orElse(null)) {
            return client == null ? Optional.empty() : Optional.of(client.status(Duration.ofSeconds(5)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Waits until the first sample is on disk: not before can the collector be followed by another. */
    private CollectorStatus awaitSample() throws IOException {
        await(() -> status().filter(status -> status.runs() == 1 && status.unsentBytes() > 2000)
                .isPresent());
        return status().orElseThrow();
    }

    private List<Sample> samples() throws IOException {
        return records(PowerSamples.class).stream()
                .flatMap(samples -> samples.getSamples().stream())
                .toList();
    }

    private List<String> collectorSessions() throws IOException {
        return records(PowerSamples.class).stream()
                .map(PowerSamples::getSession)
                .distinct()
                .toList();
    }

    private List<RunEvent> events(String run) throws IOException {
        return records(RunEvent.class).stream()
                .filter(event -> event.getRun().equals(run))
                .toList();
    }

    private <T extends SpecificRecord> List<T> records(Class<T> type) throws IOException {
        return new SpooledRecords(dataDir).of(type);
    }

    private static void assertContiguous(List<Sample> samples) {
        for (int i = 1; i < samples.size(); i++) {
            assertThat(samples.get(i).getStart()).isEqualTo(samples.get(i - 1).getEnd());
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** A run's wrapper, reduced to its measurement. */
    static final class WrapperMain {
        private WrapperMain() {}

        public static void main(String[] args) throws Exception {
            var dataDir = Path.of(args[0]);
            try (var run = begin(dataDir, args[1])) {
                var child = new ProcessBuilder("sh", "-c", args[2]).inheritIO().start();
                run.childStarted(child.pid());
                run.end(child.waitFor(), null, PATIENCE);
            }
        }

        static MeasuredRun begin(Path dataDir, String run) throws IOException {
            return begin(dataDir, run, launcher(dataDir));
        }

        static MeasuredRun begin(Path dataDir, String run, @Nullable CollectorLauncher launcher) throws IOException {
            var start = new RunStart(run, "project", null, Map.of(), null, null, null, 200);
            return MeasuredRun.begin(start, dataDir.resolve("collector"), launcher, SensorSurvey.quickSnapshots());
        }

        static CollectorLauncher launcher(Path dataDir) {
            var options = Map.of(
                    "data.dir", dataDir.toString(),
                    "exit.when.idle.ms", "60000",
                    "host.name", "vm",
                    "interval.ms", "200",
                    "zone", "FR");
            return new CollectorLauncher(
                    CollectorLauncher.command(Path.of(java()), classPath(), options),
                    dataDir.resolve("logs/collector.log"));
        }
    }
}
