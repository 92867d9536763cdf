package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.streams.LedgerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the roles of a stack listen that is up: what {@code stack.properties} of its data directory says.
 *
 * @param bootstrapServers the broker, host:port
 * @param schemaRegistryUrl the schema registry
 * @param connectUrl REST interface of the Connect worker
 * @param apiUrl REST interface and pages of the ledger
 */
public record RunningStack(
        long pid, String bootstrapServers, String schemaRegistryUrl, String connectUrl, String apiUrl) {
    private static final String LIVE_MILLIS = "100";
    private static final String CLOSING_MILLIS = "10000";

    /**
     * Settings of its streams application: a person waits for the figures and there is one host, so rows go out and commit
     * often, and slots close soon.
     */
    public static final Map<String, String> STREAMS_SETTINGS = Map.of(
            LedgerConfig.CLOSING_INTERVAL, CLOSING_MILLIS,
            LedgerConfig.EMIT_INTERVAL, LIVE_MILLIS,
            LedgerConfig.COMMIT_INTERVAL, LIVE_MILLIS);

    private static final String PID = "pid";
    private static final String STARTED = "pid.started";
    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    private static final String CONNECT_URL = "connect.url";
    private static final String API_URL = "api.url";

    /** The stack of that data directory, when one is up; what a dead one left behind counts for nothing. */
    public static Optional<RunningStack> find(DataDirectory directory) {
        var file = directory.stackProperties();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = DataDirectory.read(file);
        return process(properties)
                .filter(ProcessStamp::isAlive)
                .map(process -> new RunningStack(
                        process.pid(),
                        properties.getProperty(BOOTSTRAP_SERVERS, ""),
                        properties.getProperty(SCHEMA_REGISTRY_URL, ""),
                        properties.getProperty(CONNECT_URL, ""),
                        properties.getProperty(API_URL, "")));
    }

    /** Tells clients that the stack of this process is ready. */
    void announce(DataDirectory directory) {
        var own = ProcessStamp.own();
        var properties = new Properties();
        properties.setProperty(PID, Long.toString(own.pid()));
        properties.setProperty(STARTED, own.started());
        properties.setProperty(BOOTSTRAP_SERVERS, bootstrapServers);
        properties.setProperty(SCHEMA_REGISTRY_URL, schemaRegistryUrl);
        properties.setProperty(CONNECT_URL, connectUrl);
        properties.setProperty(API_URL, apiUrl);
        DataDirectory.write(directory.stackProperties(), properties);
    }

    static void withdraw(DataDirectory directory) {
        try {
            Files.deleteIfExists(directory.stackProperties());
        } catch (IOException e) {
            throw new Failure("Cannot remove " + directory.stackProperties() + " (" + e + ")", e);
        }
    }

    private static Optional<ProcessStamp> process(Properties properties) {
        try {
            return Optional.of(new ProcessStamp(
                    Long.parseLong(properties.getProperty(PID, "")), properties.getProperty(STARTED, "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
