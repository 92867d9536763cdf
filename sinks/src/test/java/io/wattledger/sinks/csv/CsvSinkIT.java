package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.sinks.worker.SinkCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The connector in a real worker. */
class CsvSinkIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void writesEachRunOnceThoughTheWorkerIsKilled() throws Exception {
        try (var cluster = SinkCluster.start(folder)) {
            cluster.createTopic("runs", 1);
            var file = folder.resolve("runs.csv");
            cluster.connector(
                    "csv",
                    Map.of(
                            "connector.class", CsvSinkConnector.class.getName(),
                            "topics", "runs",
                            "csv.file", file.toString(),
                            "errors.tolerance", "all",
                            "errors.deadletterqueue.topic.name", "dead",
                            "errors.deadletterqueue.topic.replication.factor", "1",
                            "errors.deadletterqueue.context.headers.enable", "true"));
            cluster.awaitRunning("csv", 0);
            cluster.send("runs", 0, "a", Runs.finished("a", 1).build());
            cluster.sendPoison("runs", 0, "x", "no JSON");
            cluster.flush();
            cluster.awaitCommitted("csv", "runs", 0, 2);
            assertThat(Files.readAllLines(file)).hasSize(2);
            assertThat(cluster.records("dead", 0)).hasSize(1);
        }
    }
}
