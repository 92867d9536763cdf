package io.wattledger.cli.collector;

import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.Zoning;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Logging;
import io.wattledger.cli.terminal.Shutdown;
import io.wattledger.collector.Collector;
import io.wattledger.collector.CollectorConfig;
import io.wattledger.collector.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger collector}. */
@Command(
        name = "collector",
        description = {
            "Run the collector of this host in the foreground: it samples all the time, until it is told to end.",
            "Runs on this host register with it. Without a cluster it sends to the embedded stack whenever that is up."
        })
public final class CollectorCommand implements Callable<Integer> {
    @Mixin
    private LedgerOptions ledger;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Properties file with the settings of docs/configuration.md. Options given besides go before it;"
                            + " without options the file is all there is.")
    private @Nullable Path config;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Electricity-grid zone of this host, such as FR, US-CA or gcp:europe-west1."
                    + " Also: WATTLEDGER_ZONE.")
    private @Nullable String zone;

    @Option(names = "--host", paramLabel = "NAME", description = "Name in the ledger. Default: that of the machine.")
    private @Nullable String host;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Time between two samples. Default: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--pue",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Power usage effectiveness of the site, at least 1. Default: ${DEFAULT-VALUE}.")
    private String pue = "";

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            defaultValue = "machine",
            description =
                    "How energy is divided: machine (all of it to the runs), shared (their share of busy time, idle"
                            + " energy divided among them) or process (only what their share adds). Default:"
                            + " ${DEFAULT-VALUE}.")
    private String policy = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting of docs/configuration.md; may be given again.")
    private Map<String, String> further = Map.of();

    @Option(
            names = "--write-settings",
            hidden = true,
            description = "Write the settings to this file and end; the script starts a smaller JVM with them.")
    private @Nullable Path settingsFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (settingsFile != null) {
            write(settingsFile);
            return 0;
        }
        Logging.toStandardError();
        try (var shutdown = Shutdown.onSignal();
                var collector = start()) {
            var out = spec.commandLine().getOut();
            out.println("collector ready");
            out.flush();
            shutdown.await();
            return 0;
        }
    }

    private Collector start() {
        try {
            return Collector.start(CollectorConfig.of(settings()));
        } catch (InvalidConfigException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    private void write(Path file) throws IOException {
        var properties = new Properties();
        properties.putAll(settings());
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>(config == null ? Map.of() : read(config));
        if (counts("--data-dir")) {
            settings.put(CollectorConfig.DATA_DIR, ledger.dataDirectory().toString());
        }
        if (counts("--interval")) {
            settings.put(CollectorConfig.INTERVAL_MS, Long.toString(interval.toMillis()));
        }
        if (counts("--pue")) {
            settings.put(CollectorConfig.PUE, pue);
        }
        if (counts("--policy")) {
            settings.put(CollectorConfig.ATTRIBUTION_POLICY, policy);
        }
        if (host != null) {
            settings.put(CollectorConfig.HOST_NAME, host);
        }
        if (counts("--zone")) {
            var hostZone = Zoning.find(zone, spec.commandLine());
            if (hostZone.isKnown()) {
                settings.put(CollectorConfig.ZONE, hostZone.zone());
            }
        }
        ledger.cluster().ifPresent(cluster -> {
            settings.put(CollectorConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
            settings.put(CollectorConfig.SCHEMA_REGISTRY_URL, cluster.schemaRegistryUrl());
            cluster.clientSettings().forEach((key, value) -> settings.put(CollectorConfig.KAFKA_PREFIX + key, value));
        });
        settings.putAll(further);
        return settings;
    }

    /** Beside a file of settings only options that were given count, not their defaults. */
    private boolean counts(String option) {
        return config == null || spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private static Map<String, String> read(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure("Cannot read the settings " + file + " (" + e + "); check --config", e);
        }
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
