package io.wattledger.cli.collector;

import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.Zoning;
import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Logging;
import io.wattledger.cli.terminal.Shutdown;
import io.wattledger.collector.Collector;
import io.wattledger.collector.CollectorConfig;
import io.wattledger.collector.InvalidConfigException;
import io.wattledger.collector.Nameplate;
import io.wattledger.grid.location.HostLocation;
import io.wattledger.grid.location.HostZone;
import io.wattledger.grid.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
                            + " variables count for what it does not name.")
    private @Nullable Path config;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Electricity-grid zone of this host, such as FR, US-CA or gcp:europe-west1."
                    + " Also: WATTLEDGER_ZONE. Otherwise that of the cloud or Kubernetes node it runs in.")
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

    private final List<String> remarks = new ArrayList<>();

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
            return Collector.start(config(settings()));
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    /** What is worth knowing of good settings is said once it is known that they are. */
    private CollectorConfig config(Map<String, String> settings) {
        try {
            var good = CollectorConfig.of(settings);
            remarks.forEach(this::say);
            return good;
        } catch (InvalidConfigException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void write(Path file) throws IOException {
        var settings = settings();
        config(settings);
        var properties = new Properties();
        properties.putAll(settings);
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>(config == null ? Map.of() : read(config));
        if (counts("--data-dir")
                || (!settings.containsKey(CollectorConfig.DATA_DIR) && DataDirectory.isNamed(System.getenv()))) {
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
        if (zone != null) {
            settings.put(CollectorConfig.ZONE, zone);
        }
        if (clusterCounts(settings)) {
            ledger.cluster().ifPresent(cluster -> {
                settings.put(CollectorConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
                settings.put(CollectorConfig.SCHEMA_REGISTRY_URL, cluster.schemaRegistryUrl());
            });
        }
        if (clientSettingsCount(settings)) {
            ledger.clientSettings().forEach((key, value) -> settings.put(CollectorConfig.KAFKA_PREFIX + key, value));
        }
        settings.putAll(further);
        locate(settings);
        return settings;
    }

    /** Whether the client settings of option or variable count: of the variable only where the file has none. */
    private boolean clientSettingsCount(Map<String, String> settings) {
        return settings.containsKey(CollectorConfig.BOOTSTRAP_SERVERS)
                && (counts("--client-config")
                        || settings.keySet().stream().noneMatch(key -> key.startsWith(CollectorConfig.KAFKA_PREFIX)));
    }

    /** Whether the cluster of options and variables counts: of variables only where the file names none. */
    private boolean clusterCounts(Map<String, String> settings) {
        return counts("--bootstrap-servers")
                || counts("--schema-registry")
                || Stream.of(
                                CollectorConfig.BOOTSTRAP_SERVERS,
                                CollectorConfig.SCHEMA_REGISTRY_URL,
                                CollectorConfig.ENDPOINTS_FILE)
                        .noneMatch(settings::containsKey);
    }

    /** Puts in what is known of the place of this host, for which the collector itself asks nobody. */
    private void locate(Map<String, String> settings) {
        var location = Zoning.location(Zoning.takeSettings(settings), spec.commandLine());
        var hostZone = zone(location, settings.get(CollectorConfig.ZONE));
        if (hostZone == null) {
            return;
        }
        settings.put(CollectorConfig.ZONE, hostZone.zone());
        if (!hostZone.isKnown()) {
            remarks.add("The zone of this host is unknown, so its energy is accounted with the world average: "
                    + hostZone.explanation());
        }
        if (!settings.containsKey(Nameplate.PROVIDER) && !settings.containsKey(Nameplate.REGION)) {
            var named = Optional.ofNullable(hostZone.cloud());
            var instance = hostZone.isSet() ? location.cloudInstance().or(() -> named) : named;
            instance.map(Zoning::nameplate).ifPresent(plate -> plate.forEach(settings::putIfAbsent));
        }
    }

    /** Null where a file of settings names a zone of one's own, or says that it is unknown: that stands as it is. */
    private @Nullable HostZone zone(HostLocation location, @Nullable String named) {
        if (Zone.UNKNOWN.equals(named)) {
            return null;
        }
        try {
            return Zoning.find(location, named, spec.commandLine());
        } catch (ParameterException e) {
            if (zone != null || named == null) {
                throw e;
            }
            remarks.add(e.getMessage() + ". The setting " + CollectorConfig.ZONE + "=" + named + " stands as it is");
            return null;
        }
    }

    private void say(String line) {
        var err = spec.commandLine().getErr();
        err.println("wattledger: " + line);
        err.flush();
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
