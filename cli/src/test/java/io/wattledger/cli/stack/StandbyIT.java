package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.CommandRun;
import io.wattledger.cli.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two instances with copies of each other's state, as deploy/kubernetes runs them: one is killed, the other has it all. */
class StandbyIT {
    private static final long BASE = Instant.parse("2024-03-31T00:00:00Z").toEpochMilli();
    private static final int RUNS = 4;
    private static final Path CONNECTOR = Path.of("..", "deploy", "kubernetes", "connectors", "annual-intensity.json");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<CommandProcess> processes = new ArrayList<>();

    private EmbeddedCluster cluster;

    @AfterEach
    void stop() {
        processes.forEach(CommandProcess::kill);
        cluster.close();
    }

    @Test
    void theOtherInstanceGoesOnFromItsCopy() throws Exception {
        cluster = EmbeddedCluster.start(folder.resolve("broker"));
        CommandRun.createTopics(cluster.bootstrapServers(), 4, 1);
        var first = streams("first");
        var victim = processes.get(processes.size() - 1);
        var second = streams("second");
        // Runs are not finished before their intensities are known.
        role(
                "connect",
                "connect",
                "--port",
                "0",
                "--connectors",
                CONNECTOR.toString(),
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--schema-registry",
                cluster.schemaRegistryUrl());
        // Together they have each task twice: once at work and once as a copy.
        Patience.until(
                () -> tasks("first").equals(tasks("second")) && tasks("first").size() >= 8,
                () -> tasks("first") + " " + tasks("second"));

        var energies = new TreeMap<String, Double>();
        for (int run = 0; run < RUNS; run++) {
            replay("r" + run, 100 + run);
            energies.put("r" + run, (100 + run) / 1000.0);
        }
        energies.forEach((run, energy) ->
                Patience.until(() -> energyOf(second, run) == energy, () -> run + ": " + energyOf(second, run)));
        assertThat(energyOf(first, "r0")).isEqualTo(energies.get("r0"));

        victim.kill();
        energies.forEach((run, energy) -> Patience.until(
                () -> energyOf(second, run) == energy, () -> run + " after the kill: " + energyOf(second, run)));
        replay("later", 500);
        Patience.until(() -> energyOf(second, "later") == 0.5, () -> "later: " + energyOf(second, "later"));
        energies.forEach((run, energy) -> assertThat(energyOf(second, run)).isEqualTo(energy));
    }

    private String streams(String name) {
        return role(
                name,
                "streams",
                "--port",
                "0",
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--schema-registry",
                cluster.schemaRegistryUrl(),
                "--set",
                "kafka.num.standby.replicas=1",
                "--set",
                "commit.interval.ms=200",
                "--set",
                "emit.interval.ms=200",
                "--set",
                "totals.interval.ms=200",
                // The group gives up soon a member that was killed.
                "--set",
                "kafka.session.timeout.ms=6000",
                "--set",
                "kafka.heartbeat.interval.ms=1000");
    }

    /** Starts a role; its address. */
    private String role(String name, String... arguments) {
        var process = CommandProcess.start(folder.resolve(name), arguments);
        processes.add(process);
        process.awaitOut(" ready at ");
        return process.out().strip().replaceFirst(".* ready at ", "");
    }

    /** An hour at this power in the ledger. */
    private void replay(String run, int watts) throws IOException {
        var file = Files.writeString(
                folder.resolve(run + ".csv"),
                "epoch_ms,watts\n" + BASE + "," + watts + "\n" + (BASE + 3_600_000) + "," + watts + "\n");
        succeeds(
                "replay",
                "--power",
                file.toString(),
                "--zone",
                "FR",
                "--run",
                run,
                "--max-gap",
                "1h",
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--schema-registry",
                cluster.schemaRegistryUrl(),
                "--data-dir",
                folder.resolve("host").toString());
    }

    private static void succeeds(String... command) {
        var run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    /** The tasks that an instance has state of. */
    private Set<String> tasks(String name) {
        var state = folder.resolve(name).resolve("streams/wattledger-ledger");
        try (var tasks = Files.list(state)) {
            return tasks.filter(task -> Files.isDirectory(task.resolve("rocksdb")))
                    .map(task -> task.getFileName().toString())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** In kWh, as an instance answers; -1 when it cannot. */
    private static double energyOf(String url, String run) {
        try {
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/runs/" + run + "?format=json"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? new ObjectMapper()
                            .readTree(answer.body())
                            .path("energy_kwh")
                            .asDouble(-1)
                    : -1;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
