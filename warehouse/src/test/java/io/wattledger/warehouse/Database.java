package io.wattledger.warehouse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A PostgreSQL that can be stopped and started again, with the tables of deploy/warehouse. */
final class Database implements AutoCloseable {
    static final String USER = "wattledger";
    static final String PASSWORD = "correct horse battery staple";
    static final Path SQL = Path.of("..", "deploy", "warehouse", "postgresql");

    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    private Database(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** A new one. Whoever connects as the user needs the password. */
    static Database create(Path folder) throws SQLException, IOException {
        var database = new Database(folder, freePort());
        database.start();
        try (var connection = database.server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role " + USER + " login password '" + PASSWORD + "'");
            statement.execute("create database wattledger owner " + USER);
            var access = folder.resolve("pg_hba.conf");
            Files.writeString(access, "host all " + USER + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
            statement.execute("select pg_reload_conf()");
        }
        for (var file : List.of("tables.sql", "star.sql")) {
            database.run(Files.readString(SQL.resolve(file)));
        }
        return database;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** While it is stopped: waits until somebody has tried to connect so often. */
    void awaitCallers(int number) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            for (int caller = 0; caller < number; caller++) {
                socket.accept().close();
            }
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/wattledger?currentSchema=wattledger";
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, PASSWORD);
    }

    void run(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The rows of the last query of a script, by column. */
    List<Map<String, Object>> rows(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var columns = result.getMetaData();
            var rows = new ArrayList<Map<String, Object>>();
            while (result.next()) {
                var row = new LinkedHashMap<String, Object>();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    row.put(columns.getColumnLabel(column), result.getObject(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The one figure that a query gives. */
    long figure(String sql) {
        var row = rows(sql).get(0);
        return ((Number) row.values().iterator().next()).longValue();
    }

    @Override
    public void close() {
        stop();
    }
}
