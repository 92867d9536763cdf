package io.wattledger.collector;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.collector.health.HealthSettings;
import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.publish.Endpoints;
import io.wattledger.collector.publish.Publishing;
import io.wattledger.collector.session.HostSettings;
import io.wattledger.collector.survey.SensorChoice;
import io.wattledger.collector.workload.WorkloadSettings;
import io.wattledger.schemas.record.AttributionPolicy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a collector, checked.
 *
 * @param dataDir data directory; the collector's own folder is {@code collector} in it
 * @param host name of the host
 * @param zone its zone
 * @param pueThousandths power usage effectiveness of its site
 * @param policy how its energy is divided
 * @param interval time between two samples
 * @param exitWhenIdle how long without a run before the collector ends, or null for one that always samples and never ends
 * @param endpoints where to send
 * @param spoolMaxBytes size of the spool
 * @param spoolMaxAge how long it keeps what cannot be sent
 * @param sensors what it is measured with
 * @param idle idle power of devices, where somebody has set it
 * @param workloads which work besides wrapped commands becomes runs
 * @param nameplate what is said of the host
 * @param publishing how often to send
 * @param health where health and metrics are served
 * @param kafka settings of the Kafka client and the serializers
 */
public record CollectorConfig(
        Path dataDir,
        String host,
        String zone,
        int pueThousandths,
        AttributionPolicy policy,
        Duration interval,
        @Nullable Duration exitWhenIdle,
        Endpoints.Source endpoints,
        long spoolMaxBytes,
        Duration spoolMaxAge,
        SensorChoice sensors,
        Map<String, Power> idle,
        WorkloadSettings workloads,
        Nameplate nameplate,
        Publishing publishing,
        HealthSettings health,
        Map<String, String> kafka) {
    public static final String DATA_DIR = "data.dir";
    public static final String INTERVAL_MS = "interval.ms";
    public static final String HOST_NAME = "host.name";
    public static final String ZONE = "zone";
    public static final String PUE = "pue";
    public static final String ATTRIBUTION_POLICY = "attribution.policy";
    public static final String BOOTSTRAP_SERVERS = Endpoints.BOOTSTRAP_SERVERS;
    public static final String SCHEMA_REGISTRY_URL = Endpoints.SCHEMA_REGISTRY_URL;
    public static final String ENDPOINTS_FILE = "endpoints.file";
    public static final String SPOOL_MAX_BYTES = "spool.max.bytes";
    public static final String SPOOL_MAX_AGE_DAYS = "spool.max.age.days";
    public static final String EXIT_WHEN_IDLE_MS = "exit.when.idle.ms";

    /** What begins like this goes to the Kafka client and the serializers. */
    public static final String KAFKA_PREFIX = "kafka.";

    private static final List<String> NOT_OURS_TO_CHANGE =
            List.of("bootstrap.servers", "schema.registry.url", "acks", "enable.idempotence");

    private static final int LONGEST_INTERVAL_MS = 60_000;

    /** The settings with their meaning. */
    public static ConfigDef definition() {
        var definition = ownDefinition();
        SensorChoice.define(definition);
        IdleSetting.define(definition);
        WorkloadSettings.define(definition);
        Publishing.define(definition);
        HealthSettings.define(definition);
        return Nameplate.define(definition);
    }

    private static ConfigDef ownDefinition() {
        return new ConfigDef()
                .define(
                        DATA_DIR,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Data directory. The collector keeps its lock, its socket and its spool in the folder"
                                + " collector in it; one collector runs per data directory.")
                .define(
                        BOOTSTRAP_SERVERS,
                        Type.STRING,
                        null,
                        Importance.HIGH,
                        "Kafka brokers to send to. Together with " + SCHEMA_REGISTRY_URL + ", or neither.")
                .define(
                        SCHEMA_REGISTRY_URL,
                        Type.STRING,
                        null,
                        Importance.HIGH,
                        "Schema registry. Together with " + BOOTSTRAP_SERVERS + ", or neither.")
                .define(
                        ENDPOINTS_FILE,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "Properties file with " + BOOTSTRAP_SERVERS + " and " + SCHEMA_REGISTRY_URL
                                + ", read again whenever sending fails, for when neither is set. Default:"
                                + " stack.properties in the data directory, which the embedded stack writes.")
                .define(
                        ZONE,
                        Type.STRING,
                        HostSettings.UNKNOWN_ZONE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Electricity-grid zone of this host, for example FR or US-CA.")
                .define(PUE, Type.STRING, "1", Importance.MEDIUM, "Power usage effectiveness of the site, at least 1.")
                .define(
                        ATTRIBUTION_POLICY,
                        Type.STRING,
                        "machine",
                        ConfigDef.CaseInsensitiveValidString.in("machine", "shared", "process"),
                        Importance.MEDIUM,
                        "How the energy of the host is divided: machine gives all of it to the runs, shared gives them"
                                + " their share of busy time and divides idle energy among them, process gives them only"
                                + " the dynamic energy of their share.")
                .define(
                        INTERVAL_MS,
                        Type.INT,
                        1000,
                        Range.between(100, LONGEST_INTERVAL_MS),
                        Importance.MEDIUM,
                        "Time between two samples, in milliseconds. A run may ask for less. At most a minute: counters"
                                + " of busy processors wrap after little more.")
                .define(
                        HOST_NAME,
                        Type.STRING,
                        null,
                        Importance.MEDIUM,
                        "Name of this host in the ledger. Default: the name of the machine.")
                .define(
                        EXIT_WHEN_IDLE_MS,
                        Type.LONG,
                        null,
                        Importance.LOW,
                        "Sample only while a run is open, and end after this many milliseconds without one. Default:"
                                + " sample always and never end.")
                .define(
                        SPOOL_MAX_BYTES,
                        Type.LONG,
                        256L << 20,
                        Range.atLeast(1 << 20),
                        Importance.LOW,
                        "Size of the spool in bytes. When it is full, the oldest records are dropped.")
                .define(
                        SPOOL_MAX_AGE_DAYS,
                        Type.INT,
                        90,
                        Range.between(1, 3650),
                        Importance.LOW,
                        "Age in days at which records are dropped that could not be sent. The ledger takes samples for as long"
                                + " as its restatement horizon, which is 90 days unless it was set otherwise.");
    }

    /**
     * Checks settings.
     *
     * @param settings by key; null values stand for absent ones
     * @throws InvalidConfigException with all that is wrong
     */
    public static CollectorConfig of(Map<String, String> settings) {
        var kafka = new TreeMap<String, String>();
        var ours = new HashMap<String, String>();
        Secrets.resolve(settings).forEach((key, value) -> {
            if (key.startsWith(KAFKA_PREFIX)) {
                kafka.put(key.substring(KAFKA_PREFIX.length()), value);
            } else {
                ours.put(key, value);
            }
        });
        var definition = definition();
        var problems = new ArrayList<String>();
        for (var value : definition.validate(ours)) {
            // After the first message Kafka goes on to say that the value it could not parse is null.
            value.errorMessages().stream().limit(1).forEach(problems::add);
        }
        for (var key : new TreeMap<>(ours).keySet()) {
            if (!definition.names().contains(key)) {
                problems.add("Unknown setting " + key + "; known are " + String.join(", ", definition.names()) + " and "
                        + KAFKA_PREFIX + "*");
            }
        }
        for (var key : NOT_OURS_TO_CHANGE) {
            if (kafka.containsKey(key)) {
                problems.add(KAFKA_PREFIX + key + " cannot be set: use " + BOOTSTRAP_SERVERS + " and "
                        + SCHEMA_REGISTRY_URL + "; delivery is always idempotent and acknowledged by all replicas");
            }
        }
        if ((ours.get(BOOTSTRAP_SERVERS) == null) != (ours.get(SCHEMA_REGISTRY_URL) == null)) {
            problems.add("Set both of " + BOOTSTRAP_SERVERS + " and " + SCHEMA_REGISTRY_URL + ", or neither");
        }
        pue(ours.get(PUE)).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        var values = definition.parse(ours);
        problems.addAll(SensorChoice.problems(values));
        var workloads = WorkloadSettings.from(values, problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return typed(values, workloads, kafka);
    }

    private static CollectorConfig typed(
            Map<String, Object> values, WorkloadSettings workloads, Map<String, String> kafka) {
        var dataDir = Path.of(text(values, DATA_DIR)).toAbsolutePath();
        var brokers = (String) values.get(BOOTSTRAP_SERVERS);
        var registry = (String) values.get(SCHEMA_REGISTRY_URL);
        var file = (String) values.get(ENDPOINTS_FILE);
        var host = (String) values.get(HOST_NAME);
        var idle = (Long) values.get(EXIT_WHEN_IDLE_MS);
        return new CollectorConfig(
                dataDir,
                host == null || host.isBlank() ? HostFacts.hostName() : host.strip(),
                text(values, ZONE),
                Pue.of(new BigDecimal(text(values, PUE).trim())).thousandths(),
                AttributionPolicy.valueOf(text(values, ATTRIBUTION_POLICY).toUpperCase(Locale.ROOT)),
                Duration.ofMillis(Long.parseLong(text(values, INTERVAL_MS))),
                idle == null ? null : Duration.ofMillis(idle),
                brokers == null || registry == null
                        ? Endpoints.inFile(file == null ? dataDir.resolve("stack.properties") : Path.of(file))
                        : new Endpoints(brokers, registry).fixed(),
                Long.parseLong(text(values, SPOOL_MAX_BYTES)),
                Duration.ofDays(Long.parseLong(text(values, SPOOL_MAX_AGE_DAYS))),
                SensorChoice.of(values),
                IdleSetting.of(values),
                workloads,
                Nameplate.of(values),
                Publishing.from(values),
                HealthSettings.from(values),
                Map.copyOf(kafka));
    }

    /** Folder of the collector's own files. */
    public Path folder() {
        return dataDir.resolve("collector");
    }

    private static String text(Map<String, Object> values, String key) {
        return String.valueOf(values.get(key));
    }

    /** What is wrong with a PUE. */
    private static Optional<String> pue(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Pue.of(new BigDecimal(text.trim()));
            return Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.of("Invalid value " + text + " for configuration " + PUE + ": "
                    + "must be a number of at least 1, for example 1.25");
        }
    }
}
