package io.wattledger.streams;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.serde.AvroSerde;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.streams.footprint.FootprintSettings;
import io.wattledger.streams.forecast.ForecastSettings;
import io.wattledger.streams.ledger.LedgerSettings;
import io.wattledger.streams.ledger.Limits;
import io.wattledger.streams.totals.TotalsSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/** Settings of the streams application. */
public final class LedgerConfig {
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String SCHEMA_REGISTRY = "schema.registry.url";
    public static final String APPLICATION_ID = "application.id";
    public static final String DEFAULT_APPLICATION_ID = "wattledger-ledger";
    public static final String STATE_DIR = "state.dir";
    public static final String SLOT_LENGTH = "slot.length.ms";
    public static final String EMIT_INTERVAL = "emit.interval.ms";
    public static final String TOTALS_INTERVAL = "totals.interval.ms";
    public static final String COMMIT_INTERVAL = "commit.interval.ms";
    public static final String CLOSING_INTERVAL = "closing.interval.ms";
    public static final String RUN_TIMEOUT = "run.timeout.ms";
    public static final String HORIZON = "restatement.horizon.ms";
    public static final String HISTORY_INTERVAL = "history.interval.ms";
    public static final String SERIES = "intensity.series";
    public static final String SERIES_METHOD = "intensity.series.method";
    public static final String HOST_POWER_LIMIT = "limit.host.power.watts";
    public static final String EARLIEST_SAMPLE = "limit.sample.earliest";
    public static final String FUTURE_LIMIT = "limit.sample.future.ms";
    public static final String INTENSITY_LIMIT = "limit.intensity.grams.per.kwh";
    public static final String API_HOST = "api.host";
    public static final String API_PORT = "api.port";
    public static final String API_ADVERTISED = "api.advertised";
    public static final String THREADS = "threads";
    public static final String SERDE = "avro.serde";
    /** What follows this prefix goes to Kafka Streams, its clients and the serdes as it is. */
    public static final String KAFKA_PREFIX = "kafka.";

    private static final ConfigDef DEFINITION = ForecastSettings.define(FootprintSettings.define(new ConfigDef()
            .define(
                    BOOTSTRAP_SERVERS,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Importance.HIGH,
                    "Addresses of the Kafka cluster, host:port, separated by commas.")
            .define(
                    SCHEMA_REGISTRY,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Importance.HIGH,
                    "Address of the schema registry.")
            .define(STATE_DIR, Type.STRING, ConfigDef.NO_DEFAULT_VALUE, Importance.HIGH, "Folder for the state stores.")
            .define(
                    APPLICATION_ID,
                    Type.STRING,
                    DEFAULT_APPLICATION_ID,
                    Importance.MEDIUM,
                    "Identifies the application on the cluster; instances with the same one share the work.")
            .define(
                    SLOT_LENGTH,
                    Type.LONG,
                    SlotLength.DEFAULT.millis(),
                    Importance.MEDIUM,
                    "The accounting interval: 5, 15, 30 or 60 minutes, in milliseconds. Fixed at installation.")
            .define(
                    EMIT_INTERVAL,
                    Type.LONG,
                    LedgerSettings.DEFAULTS.emitInterval().toMillis(),
                    Range.atLeast(10),
                    Importance.MEDIUM,
                    "How often rows go out that have changed while their slot was open, in milliseconds; the rows of a run"
                            + " that has ended go out at once.")
            .define(
                    TOTALS_INTERVAL,
                    Type.LONG,
                    LedgerSettings.DEFAULTS.totalsInterval().toMillis(),
                    Range.atLeast(0),
                    Importance.MEDIUM,
                    "How often the totals of runs and days are told of changed rows, in milliseconds; 0: with every"
                            + " commit.")
            .define(
                    COMMIT_INTERVAL,
                    Type.LONG,
                    1000L,
                    Range.atLeast(10),
                    Importance.MEDIUM,
                    "How often a transaction is committed, in milliseconds.")
            .define(
                    CLOSING_INTERVAL,
                    Type.LONG,
                    LedgerSettings.DEFAULTS.closingInterval().toMillis(),
                    Range.atLeast(100),
                    Importance.LOW,
                    "How often, in milliseconds, slots are closed that ended two slots ago; one that something was added to"
                            + " since the last time is left for the next.")
            .define(
                    RUN_TIMEOUT,
                    Type.LONG,
                    LedgerSettings.DEFAULTS.runTimeout().toMillis(),
                    Range.atLeast(1000),
                    Importance.LOW,
                    "A run that nothing is heard of for this long, in milliseconds, is lost.")
            .define(
                    HORIZON,
                    Type.LONG,
                    LedgerSettings.DEFAULTS.horizon().toMillis(),
                    Range.atLeast(1000),
                    Importance.LOW,
                    "How long samples and intensities may still change a row, in milliseconds; then it is sealed.")
            .define(
                    HISTORY_INTERVAL,
                    Type.LONG,
                    10_000L,
                    Range.atLeast(100),
                    Importance.LOW,
                    "How often, in milliseconds, the totals of what is in progress are kept for reports of a past time;"
                            + " more seldom for what takes long: every half percent of its time.")
            .define(
                    SERIES,
                    Type.STRING,
                    LedgerSettings.DEFAULTS.series(),
                    Importance.MEDIUM,
                    "The intensity series that the ledger uses.")
            .define(
                    SERIES_METHOD,
                    Type.STRING,
                    LedgerSettings.DEFAULTS.seriesMethod(),
                    Importance.LOW,
                    "How that series is made; annual values made likewise go first.")
            .define(
                    HOST_POWER_LIMIT,
                    Type.LONG,
                    Limits.DEFAULTS.hostPower().milliwatts() / 1000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "A sample that tells more power than this of one device, in watts, is refused.")
            .define(
                    EARLIEST_SAMPLE,
                    Type.STRING,
                    Limits.DEFAULTS.earliest().toString(),
                    ConfigDef.LambdaValidator.with(
                            LedgerConfig::checkInstant, () -> "a time like 2000-01-01T00:00:00Z"),
                    Importance.LOW,
                    "A sample from before this time, ISO 8601 in UTC, is refused.")
            .define(
                    FUTURE_LIMIT,
                    Type.LONG,
                    Limits.DEFAULTS.future().toMillis(),
                    Range.atLeast(0),
                    Importance.LOW,
                    "A sample that ends more than this after now, in milliseconds, is refused.")
            .define(
                    INTENSITY_LIMIT,
                    Type.LONG,
                    Limits.DEFAULTS.intensityMicrogramsPerKwh() / 1_000_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "A carbon intensity above this, in grams CO2eq per kilowatt-hour, is refused.")
            .define(API_HOST, Type.STRING, "127.0.0.1", Importance.LOW, "Address the REST API listens on.")
            .define(
                    API_PORT,
                    Type.INT,
                    8080,
                    Range.between(0, 65535),
                    Importance.MEDIUM,
                    "Port of the REST API; 0 takes a free one.")
            .define(
                    API_ADVERTISED,
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "host:port, or host for the same port, under which other instances reach this one's REST API; by"
                            + " default where it listens.")
            .define(THREADS, Type.INT, 1, Range.atLeast(1), Importance.MEDIUM, "Stream threads.")
            .define(
                    SERDE,
                    Type.STRING,
                    AvroSerde.class.getName(),
                    Importance.LOW,
                    "Class that reads and writes Avro; Confluent's SpecificAvroSerde fits too.")));

    private final AbstractConfig config;
    private final Map<String, Object> kafka = new HashMap<>();

    /**
     * Takes settings as text.
     *
     * @throws ConfigException naming all problems together
     */
    public LedgerConfig(Map<String, String> settings) {
        var own = new HashMap<String, String>();
        var problems = new ArrayList<String>();
        settings.forEach((key, value) -> {
            if (key.startsWith(KAFKA_PREFIX)) {
                kafka.put(key.substring(KAFKA_PREFIX.length()), value);
            } else if (DEFINITION.names().contains(key)) {
                own.put(key, value);
            } else {
                problems.add("Unknown setting " + key + "; settings of Kafka itself begin with " + KAFKA_PREFIX);
            }
        });
        DEFINITION.validate(own).forEach(value -> problems.addAll(value.errorMessages()));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("\n", problems));
        }
        config = new AbstractConfig(DEFINITION, own, false);
        try {
            ledger();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(SLOT_LENGTH, config.getLong(SLOT_LENGTH), e.getMessage());
        }
    }

    private static void checkInstant(String name, Object value) {
        try {
            Instant.parse(String.valueOf(value));
        } catch (DateTimeParseException e) {
            throw new ConfigException(name, value, "Not a time like 2000-01-01T00:00:00Z");
        }
    }

    /** The settings, for the page that documents them. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    LedgerSettings ledger() {
        return new LedgerSettings(
                new SlotLength(config.getLong(SLOT_LENGTH)),
                config.getString(SERIES),
                config.getString(SERIES_METHOD),
                Duration.ofMillis(config.getLong(EMIT_INTERVAL)),
                Duration.ofMillis(config.getLong(TOTALS_INTERVAL)),
                Duration.ofMillis(config.getLong(CLOSING_INTERVAL)),
                Duration.ofMillis(config.getLong(RUN_TIMEOUT)),
                Duration.ofMillis(config.getLong(HORIZON)),
                limits(),
                FootprintSettings.from(config));
    }

    private Limits limits() {
        return new Limits(
                new Power(Math.multiplyExact(config.getLong(HOST_POWER_LIMIT), 1000L)),
                Instant.parse(config.getString(EARLIEST_SAMPLE)),
                Duration.ofMillis(config.getLong(FUTURE_LIMIT)),
                Limits.DEFAULTS.longestSample(),
                Math.multiplyExact(config.getLong(INTENSITY_LIMIT), 1_000_000L));
    }

    TotalsSettings totals() {
        return new TotalsSettings(
                Duration.ofMillis(config.getLong(HORIZON)), Duration.ofMillis(config.getLong(HISTORY_INTERVAL)));
    }

    ForecastSettings forecasts() {
        return ForecastSettings.from(config);
    }

    /** Where other instances reach the API that listens at {@code bound}, host:port. */
    String advertised(InetSocketAddress bound) {
        var set = config.getString(API_ADVERTISED);
        if (set.isEmpty()) {
            return bound.getHostString() + ":" + bound.getPort();
        }
        return Advertised.of(set).endpoint(bound.getPort());
    }

    InetSocketAddress api() {
        return new InetSocketAddress(config.getString(API_HOST), config.getInt(API_PORT));
    }

    RecordSerdes serdes() {
        var settings = new HashMap<>(kafka);
        settings.put(RegistryConfig.SCHEMA_REGISTRY_URL, config.getString(SCHEMA_REGISTRY));
        settings.put("specific.avro.reader", true);
        return RecordSerdes.named(config.getString(SERDE), settings);
    }

    Properties streams() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.getString(APPLICATION_ID));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.getString(BOOTSTRAP_SERVERS));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.getString(STATE_DIR));
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.getInt(THREADS));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.getLong(COMMIT_INTERVAL));
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, Topics.DEAD_LETTERS.name());
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        properties.putAll(kafka);
        return properties;
    }
}
