package io.wattledger.collector.sensor.exporter;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The settings of {@link ExporterSensor}. */
public final class ExporterConfig {
    public static final String URL = "exporter.url";
    public static final String METRICS = "exporter.metrics";
    public static final String NAME = "exporter.name";
    public static final String TOKEN_FILE = "exporter.token.file";
    public static final String TIMEOUT_MS = "exporter.timeout.ms";
    public static final String STALE_MS = "exporter.stale.ms";

    private ExporterConfig() {}

    /** Adds them to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        URL,
                        Type.STRING,
                        null,
                        LambdaValidator.with(ExporterConfig::checkUrl, () -> "an http or https address"),
                        Importance.LOW,
                        "Metrics endpoint of another exporter on this host whose figures are to be taken, for example"
                                + " http://localhost:8080/metrics.")
                .define(
                        METRICS,
                        Type.STRING,
                        null,
                        LambdaValidator.with(
                                ExporterConfig::checkMetrics,
                                () -> String.join(", ", Mapping.presets()) + " or mappings"),
                        Importance.LOW,
                        "What its metrics are: " + String.join(" or ", Mapping.presets())
                                + ", or a comma separated list of"
                                + " metric{label=\"value\"}=device:COMPONENT:unit[:parent]. COMPONENT is CPU, GPU, RAM,"
                                + " HOST or OTHER; unit is joules_total, millijoules_total, microjoules_total, watts,"
                                + " milliwatts or microwatts; {label} in the device stands for the value of a label, so"
                                + " that each series is a device; parent is the device whose energy includes this one's."
                                + " A mapping that begins with ? may be missing.")
                .define(
                        NAME,
                        Type.STRING,
                        null,
                        LambdaValidator.with(ExporterConfig::checkName, () -> "letters, digits and _"),
                        Importance.LOW,
                        "Name of the exporter, which becomes the method EXPORTER_<NAME>. Default: the name of the"
                                + " ready-made list, otherwise prometheus.")
                .define(
                        TOKEN_FILE,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "File with a bearer token for the endpoint, read anew each time. Default: the environment variable "
                                + Scrape.TOKEN_VARIABLE + ", if set.")
                .define(
                        TIMEOUT_MS,
                        Type.INT,
                        1000,
                        Range.between(10, 60_000),
                        Importance.LOW,
                        "How long the endpoint may take to answer, in milliseconds.")
                .define(
                        STALE_MS,
                        Type.LONG,
                        60_000L,
                        Range.atLeast(1000),
                        Importance.LOW,
                        "Age in milliseconds beyond which a value that carries a time is not taken.");
    }

    /** What is wrong with settings that belong together, each of which does by itself. */
    public static List<String> problems(Map<String, Object> values) {
        var problems = new ArrayList<String>();
        var url = (String) values.get(URL);
        if ((url == null) != (values.get(METRICS) == null)) {
            problems.add("Set both of " + URL + " and " + METRICS + ", or neither");
        }
        return problems;
    }

    /**
     * The sensor of settings that were parsed with that definition and have no problems.
     *
     * @return null where no exporter is configured
     */
    public static @Nullable ExporterSensor from(Map<String, Object> values) {
        var url = (String) values.get(URL);
        var metrics = (String) values.get(METRICS);
        if (url == null || metrics == null) {
            return null;
        }
        var tokenFile = (String) values.get(TOKEN_FILE);
        var timeout = Duration.ofMillis(number(values, TIMEOUT_MS));
        return new ExporterSensor(
                new Scrape(URI.create(url), tokenFile == null ? null : Path.of(tokenFile), timeout),
                url,
                Mapping.parse(metrics),
                "EXPORTER_" + name((String) values.get(NAME), metrics).toUpperCase(Locale.ROOT),
                Duration.ofMillis(number(values, STALE_MS)),
                InstantSource.system());
    }

    private static String name(@Nullable String name, String metrics) {
        if (name != null) {
            return name;
        }
        return Mapping.presets().contains(metrics.trim()) ? metrics.trim() : "prometheus";
    }

    private static long number(Map<String, Object> values, String key) {
        return Long.parseLong(String.valueOf(values.get(key)));
    }

    private static void checkUrl(String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            var url = new URI((String) value);
            if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
                throw new ConfigException(key, value, "must be an address such as http://localhost:8080/metrics");
            }
            if (url.getUserInfo() != null) {
                throw new ConfigException(key, "(not shown)", "must not hold a password; use " + TOKEN_FILE);
            }
        } catch (URISyntaxException e) {
            throw new ConfigException(key, value, "must be an address (" + e.getReason() + ")");
        }
    }

    private static void checkMetrics(String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            Mapping.parse((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, value, e.getMessage());
        }
    }

    private static void checkName(String key, @Nullable Object value) {
        if (value != null && !((String) value).matches("[A-Za-z0-9_]+")) {
            throw new ConfigException(key, value, "must be letters, digits and _");
        }
    }
}
