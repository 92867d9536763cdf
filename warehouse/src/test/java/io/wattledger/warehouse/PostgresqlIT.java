package io.wattledger.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.serde.TrustedRecords;
import io.wattledger.sinks.worker.SinkCluster;
import io.wattledger.sinks.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The published settings for Debezium's JDBC sink, in a real worker, into a real PostgreSQL. */
class PostgresqlIT {
    private static final String CONNECTOR = "wattledger-postgresql";
    private static final String ENERGY = "energy_millijoules";
    private static final String EMISSIONS = "emissions_micrograms";
    private static final Path DASHBOARD =
            Path.of("..", "deploy", "compose", "grafana", "dashboards", "wattledger.json");
    private static final String[] TOPICS = {
        Ledger.ROWS, Ledger.HISTORY, "run-emissions", "daily-emissions", "host-hours", "hosts", "grid-defaults"
    };

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static SchemaServer schemas;
    private static Database database;
    private static SinkCluster cluster;
    private static Ledger ledger;
    private static List<Map<String, Object>> columns;

    @BeforeAll
    static void start() throws Exception {
        TrustedRecords.trust();
        schemas = new SchemaServer();
        database = Database.create(Files.createDirectory(folder.resolve("postgresql")));
        columns = columns();
        cluster = SinkCluster.start(folder, Plugins.path());
        for (var topic : TOPICS) {
            cluster.createTopic(topic, 1);
        }
        ledger = new Ledger(cluster, schemas.registry());
        cluster.connector(CONNECTOR, settings(Database.PASSWORD));
        cluster.awaitRunning(CONNECTOR, 0);
        Dimensions.write(ledger);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        database.close();
        schemas.close();
    }

    private static Map<String, String> settings(String password) {
        return ConnectorFile.settings(
                Database.SQL.resolve("connector.json"),
                Map.of(
                        "key.converter.schema.registry.url", schemas.url(),
                        "value.converter.schema.registry.url", schemas.url(),
                        "connection.url", database.url(),
                        "connection.username", Database.USER,
                        "connection.password", password));
    }

    private static List<Map<String, Object>> columns() {
        return database.rows("select table_name, column_name, data_type from information_schema.columns"
                + " where table_schema = 'wattledger' order by table_name, column_name");
    }

    @Test
    void everyTopicHasItsTable() {
        var key = EmissionRows.key("train", "vm-1", "2026-01-05T10:00:00Z", "FR");
        ledger.write(key, EmissionRows.row(key, "search", 1_000, 44));
        ledger.awaitDelivered(CONNECTOR, TOPICS);

        for (var topic : TOPICS) {
            assertThat(database.figure("select count(*) from " + topic.replace('-', '_')))
                    .as(topic)
                    .isPositive();
        }
        assertThat(database.rows("select started at time zone 'UTC' = '2026-03-01 10:00:00.123Z' as started,"
                        + " labels->>'team' as team, hosts->>1 as host, \"user\" as account from"
                        + " run_emissions where run = 'train'"))
                .containsExactly(Map.of("started", true, "team", "ranking", "host", "vm-2", "account", "ana"));
        assertThat(columns()).as("the connector had to add no column").isEqualTo(columns);
    }

    @Test
    void correctionsArriveAndTotalsAreThoseOfTheLedger() {
        var key = EmissionRows.key("train", "vm-2", "2026-02-03T10:00:00Z", "DE");
        var open = EmissionRow.newBuilder(EmissionRows.row(key, "search", 500, 350))
                .setRevision(0)
                .build();
        var closed = EmissionRows.revised(EmissionRows.row(key, "search", 70_000_001, 350), "2026-02-03T11:00:00Z");
        ledger.write(key, open);
        ledger.write(key, EmissionRow.newBuilder(closed).setRevision(1).build());
        ledger.awaitDelivered(CONNECTOR, TOPICS);
        assertTotals();

        var corrected = EmissionRows.revised(EmissionRows.at(ledgerRow(key), "FR", 44), "2026-02-20T08:00:00Z");
        ledger.write(key, corrected);
        ledger.awaitDelivered(CONNECTOR, TOPICS);

        assertTotals();
        assertThat(database.rows("select told_zone, zone, revision, emissions_micrograms from emissions_ledger"
                        + " where slot_start = '2026-02-03 10:00'"))
                .containsExactly(Map.of(
                        "told_zone",
                        "DE",
                        "zone",
                        "FR",
                        "revision",
                        2,
                        "emissions_micrograms",
                        corrected.getEmissionsMicrograms()));
        assertThat(database.figure("select count(*) from emissions_history where slot_start = '2026-02-03 10:00'"))
                .isEqualTo(2);
        assertThat(database.rows("select distinct zone from ledger_as_of('2026-02-10Z')"
                        + " where slot_start = '2026-02-03 10:00'"))
                .containsExactly(Map.of("zone", "DE"));
    }

    private static EmissionRow ledgerRow(LedgerKey key) {
        return ledger.rows().stream()
                .filter(row -> row.getRun().equals(key.getRun())
                        && row.getHost().equals(key.getHost())
                        && row.getSlotStart().equals(key.getSlotStart()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRowThatIsTakenBackGoesAndMayComeAgain() {
        var gone = EmissionRows.key("_missing", "vm-1", "2026-01-06T10:00:00Z", "FR");
        var back = EmissionRows.key("_missing", "vm-1", "2026-01-06T10:15:00Z", "FR");
        for (var key : List.of(gone, back)) {
            var row = EmissionRows.row(key, "_host", 900, 44);
            ledger.write(key, row);
            ledger.retract(key, EmissionRows.empty(row));
        }
        var again = EmissionRow.newBuilder(EmissionRows.row(back, "_host", 800, 44))
                .setRevision(3)
                .build();
        ledger.write(back, again);
        ledger.awaitDelivered(CONNECTOR, TOPICS);

        assertTotals();
        assertThat(database.rows("select cpu_energy_millijoules as mj from emissions_ledger"
                        + " where slot_start::date = '2026-01-06'"))
                .containsExactly(Map.of("mj", 800L));
        assertThat(database.rows("select cpu_energy_millijoules as mj from ledger_as_of('2027-01-01Z')"
                        + " where slot_start::date = '2026-01-06'"))
                .containsExactly(Map.of("mj", 800L));
    }

    private static void assertTotals() {
        var totals = database.rows("""
            select count(*) as count, sum(energy_millijoules)::bigint as energy,
              sum(facility_energy_millijoules)::bigint as facility, sum(emissions_micrograms)::bigint as emissions
            from emissions_ledger\
            """);
        assertThat(totals)
                .containsExactly(Map.of(
                        "count", (long) ledger.rows().size(),
                        "energy", ledger.sum(EmissionRow::getEnergyMillijoules),
                        "facility", ledger.sum(EmissionRow::getFacilityEnergyMillijoules),
                        "emissions", ledger.sum(EmissionRow::getEmissionsMicrograms)));
        assertThat(database.figure("select count(*) from emissions_history"))
                .isEqualTo(ledger.revisions().size());
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsDown() throws IOException {
        database.stop();
        try {
            for (int minute = 0; minute < 60; minute += 15) {
                var key = EmissionRows.key("serve", "vm-1", "2026-01-07T10:%02d:00Z".formatted(minute), "FR");
                ledger.write(key, EmissionRows.row(key, "ads", 1_000 + minute, 44));
            }
            cluster.flush();
            database.awaitCallers(3);
        } finally {
            database.start();
        }
        ledger.awaitDelivered(CONNECTOR, TOPICS);

        assertTotals();
        assertThat(cluster.taskStatus(CONNECTOR, 0)).startsWith("RUNNING");
    }

    /** The one that was started last; those before it have been killed. */
    private static WorkerProcess worker() {
        return cluster.workers().get(cluster.workers().size() - 1);
    }

    @Test
    void nothingIsLostOrDoubledWhenTheWorkerIsKilled() {
        for (int row = 0; row < 3_000; row++) {
            var key = EmissionRows.key("train", "vm-%04d".formatted(row), "2026-01-08T10:00:00Z", "FR");
            ledger.write(key, EmissionRows.row(key, "search", 1_000 + row, 44));
        }
        cluster.flush();
        SinkCluster.until(
                () -> database.figure("select count(*) from emissions_ledger where slot_start = '2026-01-08 10:00'")
                        > 0,
                () -> cluster.taskStatus(CONNECTOR, 0));
        worker().kill();
        cluster.addWorker();
        ledger.awaitDelivered(CONNECTOR, TOPICS);

        assertTotals();
    }

    @Test
    void aRecordThatIsDeliveredAgainDoesNotReplaceANewerOne() {
        var key = EmissionRows.key("train", "vm-1", "2026-01-09T10:00:00Z", "FR");
        var first = EmissionRows.row(key, "search", 1_000, 44);
        ledger.write(key, first);
        ledger.write(key, EmissionRows.revised(EmissionRows.at(first, "FR", 55), "2026-01-10T00:00:00Z"));
        ledger.awaitDelivered(CONNECTOR, TOPICS);
        var ofRow = " where slot_start = '2026-01-09 10:00'";

        database.run("update emissions_ledger set revision = 1, record_offset = record_offset - 1" + ofRow);
        assertThat(database.figure("select revision from emissions_ledger" + ofRow))
                .isEqualTo(2);

        // All of it again, as by a task that believes it has the partitions still.
        cluster.connector("again", settings(Database.PASSWORD));
        ledger.awaitDelivered("again", TOPICS);
        assertThat(cluster.taskStatus("again", 0)).startsWith("RUNNING");
        cluster.delete("again");
        assertTotals();
    }

    @Test
    void whatCannotBeReadIsADeadLetterAndTheRestGoesOn() {
        int before = cluster.records("dead-letters-postgresql", 0).size();
        cluster.sendPoison(Ledger.ROWS, 0, "x", "no Avro");
        ledger.strange(Ledger.ROWS);
        ledger.write(
                Ledger.ROWS,
                "text",
                EmissionRows.row(EmissionRows.key("train", "vm-1", "2026-01-11T09:00:00Z", "FR"), "search", 1_000, 44));
        var key = EmissionRows.key("train", "vm-1", "2026-01-11T10:00:00Z", "FR");
        ledger.write(key, EmissionRows.row(key, "search", 1_000, 44));
        ledger.awaitDelivered(CONNECTOR, TOPICS);

        assertTotals();
        var reasons = cluster.records("dead-letters-postgresql", 0).stream()
                .skip(before)
                .map(letter -> new String(
                        letter.headers()
                                .lastHeader("__connect.errors.exception.message")
                                .value(),
                        UTF_8))
                .toList();
        assertThat(reasons).hasSize(2);
        assertThat(reasons.get(1)).contains("Cannot tell the key of a row").contains("key.converter");
    }

    @Test
    void aWrongPasswordFailsTheTaskWithAMessageThatSaysSo() {
        var settings = settings("wrong");
        settings.put("hibernate.c3p0.acquireRetryAttempts", "2"); // instead of three minutes
        cluster.connector("stranger", settings);
        var status = cluster.awaitFailed("stranger", 0);
        cluster.delete("stranger");

        assertThat(status)
                .contains("password authentication failed for user \"wattledger\"")
                .doesNotContain("wrong");
    }

    @Test
    void everyQuestionIsAnsweredWithTheFiguresOfTheLedger() throws Exception {
        for (var day : List.of("2026-03-01", "2026-03-02", "2026-04-01")) {
            var run = EmissionRows.key("train", "vm-1", day + "T10:00:00Z", "FR");
            var idle = EmissionRows.key("_idle", "vm-1", day + "T10:00:00Z", "FR");
            var other = EmissionRows.key("serve", "vm-2", day + "T10:00:00Z", "DE");
            ledger.write(run, EmissionRows.withFootprint(EmissionRows.row(run, "search", 7_000_003, 44), 90, 60));
            ledger.write(idle, EmissionRows.row(idle, "_host", 3_000_000, 44));
            ledger.write(other, EmissionRows.row(other, "ads", 9_999_999, 380));
        }
        var wrongZone = EmissionRows.key("serve", "vm-2", "2026-03-02T10:00:00Z", "DE");
        ledger.write(
                wrongZone,
                EmissionRows.revised(EmissionRows.at(ledgerRow(wrongZone), "FR", 44), "2026-03-20T08:00:00Z"));
        ledger.awaitDelivered(CONNECTOR, TOPICS);

        var replayed = EmissionRows.key("train", "replay/2026", "2026-03-02T10:00:00Z", "FR");
        ledger.write(replayed, EmissionRows.row(replayed, "search", 5_000_000, 44));
        ledger.awaitDelivered(CONNECTOR, TOPICS);
        var live = ledger.rows().stream()
                .filter(row -> !row.getHost().startsWith("replay/"))
                .toList();

        assertThat(answer("projects-by-month", List.of("year_month", "project"), ENERGY, EMISSIONS))
                .isEqualTo(Figures.sums(
                        live,
                        row -> List.of(row.getSlotStart().toString().substring(0, 7), row.getProject()),
                        EmissionRow::getEnergyMillijoules,
                        EmissionRow::getEmissionsMicrograms));
        assertThat(answer("zones", List.of("zone", "name"), ENERGY, EMISSIONS))
                .isEqualTo(Figures.sums(
                        live,
                        row -> List.of(row.getZone(), Dimensions.ZONES.get(row.getZone())),
                        EmissionRow::getEnergyMillijoules,
                        EmissionRow::getEmissionsMicrograms));
        assertThat(answer(
                        "location-or-market",
                        List.of("project"),
                        "location_based_micrograms",
                        "market_based_micrograms"))
                .isEqualTo(Figures.sums(
                        live.stream().filter(row -> row.getFootprint() != null).toList(),
                        row -> List.of(row.getProject()),
                        EmissionRow::getEmissionsMicrograms,
                        row -> row.getFootprint().getMarketEmissionsMicrograms()));
        assertThat(answer("top-runs", List.of("run", "account"), ENERGY, EMISSIONS))
                .isEqualTo(Figures.sums(
                        ledger.rows().stream()
                                .filter(row -> !row.getRun().startsWith("_"))
                                .toList(),
                        row -> List.of(row.getRun(), "ana"),
                        EmissionRow::getEnergyMillijoules,
                        EmissionRow::getEmissionsMicrograms));
        assertThat(answer("idle-hosts", List.of("host"), ENERGY, "idle_millijoules"))
                .isEqualTo(Figures.sums(
                        live,
                        row -> List.of(row.getHost()),
                        EmissionRow::getEnergyMillijoules,
                        row -> row.getRun().equals("_idle") ? row.getEnergyMillijoules() : 0));
        assertThat(answer("certainty", List.of("project", "rung"), ENERGY, "band_millijoules"))
                .isEqualTo(Figures.sums(
                        live,
                        row -> List.of(row.getProject(), row.getRung().toString()),
                        EmissionRow::getEnergyMillijoules,
                        EmissionRow::getBandMillijoules));
        assertThat(answer("methods", List.of("method"), ENERGY))
                .isEqualTo(Figures.sums(
                        live.stream()
                                .flatMap(row -> row.getEnergyByMethod().entrySet().stream())
                                .toList(),
                        method -> List.of(method.getKey()),
                        Map.Entry::getValue));
        assertThat(answer(
                        "changes",
                        List.of("project", "cause", "who", "why"),
                        "energy_change_millijoules",
                        "emissions_change_micrograms"))
                .isEqualTo(Figures.sums(
                        ledger.revisions().stream()
                                .filter(PostgresqlIT::wasMadeBetweenTheReports)
                                .toList(),
                        revision -> Arrays.asList(
                                revision.getRow().getProject(),
                                revision.getCause().toString(),
                                revision.getWho(),
                                revision.getWhy()),
                        revision -> revision.getRow().getEnergyMillijoules()
                                - Objects.requireNonNullElse(revision.getPreviousEnergyMillijoules(), 0L),
                        revision -> revision.getRow().getEmissionsMicrograms()
                                - Objects.requireNonNullElse(revision.getPreviousEmissionsMicrograms(), 0L)));
        assertThat(database.rows("""
            select run, project, zone, day from fact_emission as fact
            where not exists (select from dim_run where run = fact.run)
              or not exists (select from dim_project where project = fact.project)
              or not exists (select from dim_zone where zone = fact.zone)
              or not exists (select from dim_day where day = fact.day)\
            """)).as("facts without a" + " dimension").isEmpty();
    }

    /** The view for warehouses whose tables only grow, over a history that PostgreSQL has too. */
    @Test
    void theDashboardOfGrafanaHasAnswers() throws IOException {
        var key = EmissionRows.key("train", "vm-1", "2026-01-13T10:00:00Z", "FR");
        ledger.write(key, EmissionRows.row(key, "search", 1_000, 44));
        ledger.awaitDelivered(CONNECTOR, TOPICS);
        var panels = new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels");
        var queries = panels.findValuesAsText("rawSql");
        assertThat(queries).hasSize(3).allSatisfy(query -> {
            // As Grafana fills it in when everything is chosen.
            var sql = query.replaceAll(
                            "\\$__timeFilter\\((\\w+)\\)",
                            "$1 between '2026-01-01T00:00:00Z' and '2026-12-31T23:59:59Z'")
                    .replaceAll("\\$\\{(project|zone|host):regex}", ".*");
            assertThat(database.rows(sql)).as(sql).isNotEmpty();
        });
    }

    @Test
    void theNewestRevisionsAreTheRowsOfTheLedger() throws IOException {
        var key = EmissionRows.key("train", "vm-1", "2026-01-12T10:00:00Z", "DE");
        var row = EmissionRows.row(key, "search", 1_000, 380);
        ledger.write(key, row);
        ledger.write(key, EmissionRows.revised(EmissionRows.at(row, "FR", 44), "2026-02-01T00:00:00Z"));
        ledger.awaitDelivered(CONNECTOR, TOPICS);

        database.run("create schema other; set search_path to wattledger, other; "
                + Files.readString(IcebergIT.SETTINGS.resolve("newest.sql"))
                        .replace("view wattledger.emissions_ledger", "view other.emissions_ledger"));
        var difference = """
            (select host, slot_start, run, zone, emissions_micrograms from wattledger.emissions_ledger where revision > 0)
            except
            (select host, slot_start, run, zone, emissions_micrograms from other.emissions_ledger)\
            """;
        assertThat(database.rows(difference)).isEmpty();
        assertThat(database.figure("select count(*) from other.emissions_ledger"))
                .isEqualTo(ledger.rows().stream()
                        .filter(closed -> closed.getRevision() > 0)
                        .count());
    }

    private static Map<List<Object>, List<Long>> answer(String question, List<String> by, String... figures)
            throws IOException {
        var sql = Files.readString(Database.SQL.resolve("questions").resolve(question + ".sql"));
        return Figures.of(database.rows(sql), by, List.of(figures));
    }

    private static boolean wasMadeBetweenTheReports(EmissionRevision revision) {
        var knownAt = revision.getRow().getKnownAt();
        return knownAt.isAfter(Instant.parse("2026-03-10T00:00:00Z"))
                && !knownAt.isAfter(Instant.parse("2026-04-10T00:00:00Z"))
                && !revision.getRow().getHost().startsWith("replay/");
    }
}
