package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandRun;
import io.wattledger.cli.Patience;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The stack in the background, as {@code up}, {@code down} and {@code run} start and stop it. */
class StackIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private DataDirectory directory;

    @BeforeEach
    void choose() {
        directory = DataDirectory.at(folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        StackLauncher.stop(directory, silent());
    }

    @Test
    void comesUpIsFoundSurvivesAKillWithItsDataAndGoesDown() throws Exception {
        var ports = freePorts();
        var up = command("up", ports);
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).contains("The stack is up.", "127.0.0.1:" + ports.get(1));
        var first = RunningStack.find(directory).orElseThrow();
        awaitAnnualIntensities(first);
        assertThat(command("status", List.of())).satisfies(status -> {
            assertThat(status.out()).contains("process " + first.pid(), first.apiUrl());
            assertThat(status.exitCode()).as(status.out()).isZero();
        });
        assertThat(command("up", ports).out()).contains("already up (process " + first.pid() + ")");

        kill(first.pid());
        assertThat(command("status", List.of()).out()).contains("No stack is up");
        assertThat(command("up", ports).exitCode()).isZero();
        var second = RunningStack.find(directory).orElseThrow();
        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
        awaitAnnualIntensities(second);

        assertThat(command("down", List.of()).out()).contains("Stopped the stack.");
        assertThat(ProcessHandle.of(second.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(directory.stackProperties()).doesNotExist();
        assertThat(command("down", List.of()).out()).contains("No stack is up");
    }

    @Test
    void whatARunStartedTakesFreePortsAndStopsWhenNobodyUsesIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // The port of last time is another's now.
            directory.prepare();
            var remembered = DataDirectory.read(directory.ports());
            for (var listener : Listener.values()) {
                remembered.setProperty(listener.label(), Integer.toString(Ports.free()));
            }
            remembered.setProperty(Listener.API.label(), Integer.toString(taken.getLocalPort()));
            DataDirectory.write(directory.ports(), remembered);

            var stack =
                    StackLauncher.startForRun(directory, Duration.ofSeconds(2)).await(silent());
            assertThat(stack.apiUrl()).doesNotEndWith(":" + taken.getLocalPort());
            assertThat(DataDirectory.read(directory.ports()).getProperty(Listener.API.label()))
                    .isEqualTo(stack.apiUrl().substring(stack.apiUrl().lastIndexOf(':') + 1));

            ProcessHandle.of(stack.pid()).orElseThrow().onExit().get(60, TimeUnit.SECONDS);
            assertThat(RunningStack.find(directory)).isEmpty();
            assertThat(directory.stackLog()).content().contains("The stack stops");
        }
    }

    @Test
    void aTakenPortIsOneClearLine() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = freePorts();
            ports.set(ports.indexOf("--connect-port") + 1, Integer.toString(taken.getLocalPort()));
            var up = command("up", ports);
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(lastLine(up))
                    .startsWith("wattledger: ")
                    .contains("port " + taken.getLocalPort(), "Connect worker", "--connect-port");
        }
    }

    @Test
    void aSecondStackOnTheSameDataIsRefused() {
        directory.prepare();
        try (var lock = DirectoryLock.take(directory)) {
            assertThat(lock).isNotNull();
            var arguments = new ArrayList<>(freePorts());
            arguments.addAll(List.of("--idle-time", "1ms"));
            var stack =
                    io.wattledger.cli.CommandProcess.start(directory.path(), arguments(List.of("stack"), arguments));
            assertThat(stack.awaitExit()).isEqualTo(1);
            assertThat(stack.err())
                    .contains(directory + " already has a stack")
                    .contains("process " + ProcessHandle.current().pid())
                    .contains("wattledger down");
        }
    }

    @Test
    void anUnusableDataDirectoryIsOneClearLine() throws IOException {
        directory = DataDirectory.at(Files.createFile(folder.resolve("file")).resolve("below"));
        var up = command("up", List.of());
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err().lines()).singleElement().asString().contains(directory.toString(), "--data-dir");
    }

    private CommandRun command(String name, List<String> arguments) {
        return CommandRun.of(arguments(List.of(name, "--data-dir", directory.toString()), arguments));
    }

    private static String[] arguments(List<String> first, List<String> more) {
        var all = new ArrayList<>(first);
        all.addAll(more);
        return all.toArray(String[]::new);
    }

    private static String lastLine(CommandRun run) {
        return run.err().lines().reduce((before, last) -> last).orElse("");
    }

    private static List<String> freePorts() {
        var arguments = new ArrayList<String>();
        for (var listener : Listener.values()) {
            arguments.addAll(List.of(listener.option(), Integer.toString(Ports.free())));
        }
        return arguments;
    }

    private static void kill(long pid) throws Exception {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(60, TimeUnit.SECONDS);
    }

    /** The source connector has published through Connect, registry and broker; all of it can be read. */
    private static void awaitAnnualIntensities(RunningStack stack) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", stack.bootstrapServers(),
                "schema.registry.url", stack.schemaRegistryUrl(),
                "auto.offset.reset", "earliest");
        var values = new AvroDeserializer<GridDefault>();
        values.configure(settings, false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), values)) {
            var partition = new TopicPartition(Topics.GRID_DEFAULTS.name(), 0);
            consumer.assign(List.of(partition));
            var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
            var france = false;
            while (!france && System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    france |= record.value() != null && record.value().getZone().equals("FR");
                }
            }
            assertThat(france).as("an annual intensity of France").isTrue();
        }
    }

    private static Waiting silent() {
        return new Waiting(new PrintWriter(Writer.nullWriter()), "Waiting");
    }
}
