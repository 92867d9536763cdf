package io.wattledger.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.serde.TrustedRecords;
import io.wattledger.sinks.worker.SinkCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The published settings for Iceberg's sink, in a real worker, read back with Iceberg's reader. */
class IcebergIT {
    private static final String CONNECTOR = "wattledger-iceberg";
    static final Path SETTINGS = Path.of("..", "deploy", "warehouse", "iceberg");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static SchemaServer schemas;
    private static SinkCluster cluster;
    private static Ledger ledger;

    @BeforeAll
    static void start() throws Exception {
        TrustedRecords.trust();
        schemas = new SchemaServer();
        cluster = SinkCluster.start(folder, Plugins.path());
        for (var topic : List.of(Ledger.ROWS, Ledger.HISTORY, "wattledger-iceberg-control")) {
            cluster.createTopic(topic, 1);
        }
        ledger = new Ledger(cluster, schemas.registry());
        cluster.connector(
                CONNECTOR,
                ConnectorFile.settings(
                        SETTINGS.resolve("connector.json"),
                        Map.of(
                                "key.converter.schema.registry.url", schemas.url(),
                                "value.converter.schema.registry.url", schemas.url(),
                                "iceberg.catalog.type", "hadoop",
                                "iceberg.catalog.warehouse",
                                        folder.resolve("warehouse").toString(),
                                "iceberg.control.commit.interval-ms", "1000")));
        cluster.awaitRunning(CONNECTOR, 0);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        schemas.close();
    }

    @Test
    void everyRevisionIsInTheTableOnceThoughTheWorkerIsKilled() {
        for (int row = 0; row < 50; row++) {
            var key = EmissionRows.key("train", "vm-%02d".formatted(row), "2026-01-08T10:00:00Z", "DE");
            ledger.write(key, EmissionRows.withFootprint(EmissionRows.row(key, "search", 1_000 + row, 380), 90, 60));
        }
        cluster.flush();
        SinkCluster.until(
                () -> revisions().size() >= ledger.revisions().size(), () -> cluster.taskStatus(CONNECTOR, 0));
        for (var row : List.copyOf(ledger.rows())) {
            ledger.write(
                    new LedgerKey(row.getRun(), row.getHost(), row.getSlotStart(), "DE", EmissionRows.PUE),
                    EmissionRows.revised(EmissionRows.at(row, "FR", 44), "2026-02-01T00:00:00Z"));
        }
        cluster.flush();
        cluster.workers().get(0).kill();
        cluster.addWorker();
        SinkCluster.until(
                () -> revisions().size() >= ledger.revisions().size(), () -> cluster.taskStatus(CONNECTOR, 0));

        var revisions = revisions();
        assertThat(Figures.sums(
                        revisions,
                        record -> List.of(
                                record.getField("host"), record.getField("told_zone"), record.getField("revision")),
                        record -> (Long) record.getField("energy_millijoules"),
                        record -> (Long) record.getField("emissions_micrograms"),
                        record -> (Long) record.getField("embodied_micrograms")))
                .isEqualTo(Figures.sums(
                        ledger.revisions(),
                        revision -> List.of(
                                revision.getRow().getHost(),
                                "DE",
                                revision.getRow().getRevision()),
                        revision -> revision.getRow().getEnergyMillijoules(),
                        revision -> revision.getRow().getEmissionsMicrograms(),
                        revision -> revision.getRow().getFootprint().getEmbodiedMicrograms()));
        assertThat(revisions).hasSize(ledger.revisions().size());
    }

    @Test
    void whatCannotBeReadIsADeadLetterAndTheRestGoesOn() {
        cluster.sendPoison(Ledger.HISTORY, 0, "x", "no Avro");
        var key = EmissionRows.key("train", "vm-1", "2026-01-11T10:00:00Z", "DE");
        ledger.write(key, EmissionRows.withFootprint(EmissionRows.row(key, "search", 1_000, 44), 90, 60));
        cluster.flush();
        SinkCluster.until(
                () -> revisions().size() >= ledger.revisions().size(), () -> cluster.taskStatus(CONNECTOR, 0));

        assertThat(cluster.records("dead-letters-iceberg", 0)).hasSize(1);
    }

    /** What is in the table now. */
    private static List<Record> revisions() {
        var records = new ArrayList<Record>();
        try (var catalog = new HadoopCatalog(
                new Configuration(), folder.resolve("warehouse").toString())) {
            var name = TableIdentifier.of("wattledger", "emissions_history");
            if (catalog.tableExists(name)) {
                try (var read = IcebergGenerics.read(catalog.loadTable(name)).build()) {
                    read.forEach(records::add);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return records;
    }
}
