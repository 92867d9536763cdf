package io.wattledger.sinks.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wattledger.sinks.task.Runs;
import io.wattledger.sinks.worker.SinkCluster;
import io.wattledger.sinks.worker.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The connector in real workers, on a real broker. The order is that of their costs: what kills workers comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CsvSinkIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static SinkCluster cluster;

    @BeforeAll
    static void start() {
        cluster = SinkCluster.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void saysAllThatIsWrongWhenItIsSubmitted() {
        assertThat(cluster.validate(
                        CsvSinkConnector.class.getName(),
                        Map.of(
                                "topics", "t",
                                "csv.flie", "x",
                                "csv.content", "all",
                                "csv.rotate.bytes", "-1")))
                .containsOnlyKeys("csv.file", "csv.flie", "csv.content", "csv.rotate.bytes");
    }

    @Test
    @Order(2)
    void poisonGoesToDeadLettersAndTheRestToTheFile() throws IOException {
        cluster.createTopic("poisoned", 1);
        var file = folder.resolve("poisoned.csv");
        connector("poisoned", file, Map.of());
        cluster.send("poisoned", 0, "a", Runs.finished("a", 1).build());
        cluster.sendPoison("poisoned", 0, "x", "no JSON");
        cluster.sendPoison("poisoned", 0, "y", "{\"schema\": null, \"payload\": {\"run\": \"y\"}}");
        cluster.send("poisoned", 0, "b", Runs.finished("b", 1).build());
        cluster.flush();

        cluster.awaitCommitted("poisoned", "poisoned", 0, 4);

        assertThat(runs(file)).containsExactly("a", "b");
        assertThat(cluster.records("dead-poisoned", 0)).hasSize(2);
        var headers = cluster.records("dead-poisoned", 0).get(1).headers();
        assertThat(new String(
                        headers.lastHeader("__connect.errors.exception.message").value(), UTF_8))
                .contains("its value is no Struct", "poisoned-0 at offset 2");
        cluster.delete("poisoned");
    }

    @Test
    @Order(3)
    void aFullDiskAndOneThatCannotBeWrittenLoseNothing() throws Exception {
        var small = folder.resolve("small");
        Files.createDirectories(small);
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()))
                .as("this needs to mount a small disk, as root")
                .isTrue();
        try {
            cluster.createTopic("full", 1);
            var file = small.resolve("runs.csv");
            connector("full", file, Map.of("retry.backoff.ms", "200", "retry.backoff.max.ms", "500"));
            send("full", 0, 0, 400);
            SinkCluster.until(
                    () -> cluster.log().contains("No space left on device"), () -> cluster.taskStatus("full", 0));
            assertThat(cluster.committed("full", "full", 0).orElse(0L)).isLessThan(400);
            // As for each task that is told to try again, it is not failed.
            assertThat(cluster.taskStatus("full", 0)).startsWith("RUNNING");

            assertThat(run("mount", "-o", "remount,ro", small.toString())).isTrue();
            SinkCluster.until(
                    () -> cluster.log().contains("Read-only file system"), () -> cluster.taskStatus("full", 0));
            assertThat(run("mount", "-o", "remount,rw,size=4m", small.toString()))
                    .isTrue();

            cluster.awaitCommitted("full", "full", 0, 400);
            assertThat(runs(file)).isEqualTo(names(0, 400));
            cluster.delete("full");
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    @Test
    @Order(4)
    void twoTasksShareThePartitionsAndLoseNoneWhenAWorkerJoinsHangsAndComesBack() {
        cluster.createTopic("shared", 4);
        connector("shared", folder.resolve("shared/{topic}-{partition}.csv"), Map.of("tasks.max", "2"));
        sendShared(0, 50);
        var second = cluster.addWorker();
        sendShared(50, 100);
        SinkCluster.until(() -> sharedRows() > 250, cluster::log);
        second.hang();
        sendShared(100, 200);
        awaitShared(200);
        second.goOn();
        sendShared(200, 250);
        awaitShared(250);

        for (int partition = 0; partition < 4; partition++) {
            assertThat(runs(shared(partition))).isEqualTo(names(partition, 250));
        }
        cluster.delete("shared");
    }

    private static void sendShared(int from, int to) {
        for (int partition = 0; partition < 4; partition++) {
            send("shared", partition, from, to);
        }
    }

    private static void awaitShared(long offset) {
        for (int partition = 0; partition < 4; partition++) {
            cluster.awaitCommitted("shared", "shared", partition, offset);
        }
    }

    private static Path shared(int partition) {
        return folder.resolve("shared/shared-" + partition + ".csv");
    }

    private static int sharedRows() {
        return IntStream.range(0, 4)
                .map(partition -> runsSoFar(shared(partition)))
                .sum();
    }

    @Test
    @Order(5)
    void aWorkerThatIsKilledAgainAndAgainWritesTheTopicAsItIs() throws IOException {
        cluster.createTopic("killed", 1);
        var file = folder.resolve("killed.csv.gz");
        var plain = folder.resolve("killed.csv");
        connector("killed-gz", file, Map.of("topics", "killed"));
        connector("killed", plain, Map.of());
        for (int kill = 0; kill < 2; kill++) {
            send("killed", 0, kill * 300, kill * 300 + 300);
            cluster.flush();
            int seen = kill * 300 + 50;
            SinkCluster.until(() -> runsSoFar(plain) > seen, cluster::log);
            cluster.workers().forEach(WorkerProcess::kill);
            assertThat(runs(plain)).doesNotHaveDuplicates();
            cluster.addWorker();
        }

        cluster.awaitCommitted("killed", "killed", 0, 600);
        cluster.awaitCommitted("killed-gz", "killed", 0, 600);
        assertThat(Files.readString(plain))
                .isEqualTo(CsvLine.of(RunCsv.header())
                        + String.join(
                                "",
                                IntStream.range(0, 600)
                                        .mapToObj(i -> CsvLine.of(RunCsv.row(
                                                Runs.finished("p0-" + i, 1).build())))
                                        .toList()));
        assertThat(runs(file)).isEqualTo(names(0, 600));
    }

    private static void connector(String name, Path file, Map<String, String> settings) {
        var all = new HashMap<String, String>();
        all.put("connector.class", CsvSinkConnector.class.getName());
        all.put("topics", name);
        all.put("csv.file", file.toString());
        all.put("errors.tolerance", "all");
        all.put("errors.deadletterqueue.topic.name", "dead-" + name);
        all.put("errors.deadletterqueue.topic.replication.factor", "1");
        all.put("errors.deadletterqueue.context.headers.enable", "true");
        // Small portions, so that there are many moments to be killed at.
        all.put("consumer.override.max.poll.records", "20");
        all.putAll(settings);
        cluster.connector(name, all);
    }

    private static void send(String topic, int partition, int from, int to) {
        for (int i = from; i < to; i++) {
            var run = Runs.finished("p" + partition + "-" + i, 1).build();
            cluster.send(topic, partition, run.getRun(), run);
        }
        cluster.flush();
    }

    private static List<String> names(int partition, int runs) {
        return IntStream.range(0, runs).mapToObj(i -> "p" + partition + "-" + i).toList();
    }

    /** The runs of a file, in order; each row must be whole. */
    private static List<String> runs(Path file) {
        try (var in = Files.newInputStream(file);
                var text = FileNames.isGzip(file) ? new GZIPInputStream(in) : in) {
            var scanner = new CsvScanner(text);
            assertThat(scanner.next()).isEqualTo(RunCsv.header());
            var runs = new ArrayList<String>();
            for (var row = scanner.next(); row != null; row = scanner.next()) {
                if (scanner.terminated()) {
                    assertThat(row).hasSize(RunCsv.header().size());
                    runs.add(row.get(0));
                }
            }
            return runs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int runsSoFar(Path file) {
        return file.toFile().length() == 0 ? 0 : runs(file).size();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
