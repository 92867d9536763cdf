package io.wattledger.grid.location;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked where this host is, when nobody has set its zone.
 *
 * @param cloud {@code auto} for the cloud that the firmware names, {@code off} for none, or the cloud to ask
 * @param cloudEndpoint where its metadata service is
 * @param cloudTimeout for all requests to it together
 * @param kubernetes whether the API server may be asked for the labels of the node
 * @param apiServer its address; null where this is no pod
 * @param node name of the node; null where nobody has told
 * @param tokenFile token of the service account
 * @param authorityFile certificates of the authority that the API server's own is signed by
 * @param kubernetesTimeout for the request to it
 */
public record LocationSettings(
        String cloud,
        URI cloudEndpoint,
        Duration cloudTimeout,
        boolean kubernetes,
        @Nullable URI apiServer,
        @Nullable String node,
        Path tokenFile,
        Path authorityFile,
        Duration kubernetesTimeout) {
    /** What its settings begin with. */
    public static final String PREFIX = "location.";

    static final String CLOUD = PREFIX + "cloud";
    static final String CLOUD_ENDPOINT = CLOUD + ".endpoint";
    static final String CLOUD_TIMEOUT = CLOUD + ".timeout.ms";
    static final String KUBERNETES = PREFIX + "kubernetes";
    static final String API_SERVER = KUBERNETES + ".endpoint";
    static final String NODE = KUBERNETES + ".node";
    static final String TOKEN_FILE = KUBERNETES + ".token.file";
    static final String AUTHORITY_FILE = KUBERNETES + ".ca.file";
    static final String KUBERNETES_TIMEOUT = KUBERNETES + ".timeout.ms";

    static final String AUTO = "auto";
    static final String OFF = "off";

    private static final ConfigDef.Validator ADDRESS =
            ConfigDef.LambdaValidator.with(LocationSettings::checkUrl, () -> "an http or https address");
    private static final String VARIABLES = "WATTLEDGER_LOCATION_";
    private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";

    /** The settings with their meaning. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        CLOUD,
                        Type.STRING,
                        AUTO,
                        CaseInsensitiveValidString.in(AUTO, OFF, "aws", "azure", "gcp"),
                        Importance.MEDIUM,
                        "Whose instance metadata service is asked: that of the cloud which the firmware names, none, or"
                                + " one that is named here.")
                .define(
                        CLOUD_ENDPOINT,
                        Type.STRING,
                        "http://169.254.169.254",
                        ADDRESS,
                        Importance.LOW,
                        "Where the instance metadata service is.")
                .define(
                        CLOUD_TIMEOUT,
                        Type.INT,
                        300,
                        Range.between(10, 60_000),
                        Importance.LOW,
                        "Time for all requests to it together, in milliseconds.")
                .define(
                        KUBERNETES,
                        Type.STRING,
                        AUTO,
                        CaseInsensitiveValidString.in(AUTO, OFF),
                        Importance.MEDIUM,
                        "Whether the API server is asked for the labels of the node: when this is a pod that knows its"
                                + " node and has a service account that may get nodes, or never.")
                .define(
                        API_SERVER,
                        Type.STRING,
                        null,
                        ADDRESS,
                        Importance.LOW,
                        "Address of the API server. Default: what KUBERNETES_SERVICE_HOST and"
                                + " KUBERNETES_SERVICE_PORT say.")
                .define(
                        NODE,
                        Type.STRING,
                        null,
                        Importance.MEDIUM,
                        "Name of the node, from spec.nodeName through the downward API.")
                .define(
                        TOKEN_FILE,
                        Type.STRING,
                        SERVICE_ACCOUNT + "token",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Token of the service account.")
                .define(
                        AUTHORITY_FILE,
                        Type.STRING,
                        SERVICE_ACCOUNT + "ca.crt",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "PEM file with the authority of the API server's certificate.")
                .define(
                        KUBERNETES_TIMEOUT,
                        Type.INT,
                        3000,
                        Range.between(10, 60_000),
                        Importance.LOW,
                        "Time for the request to it, in milliseconds.");
    }

    private static void checkUrl(String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            var scheme = String.valueOf(URI.create(value.toString()).getScheme());
            if (scheme.equals("http") || scheme.equals("https")) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like an address of another kind.
        }
        throw new ConfigException(key, value, "must be an address that begins with http:// or https://");
    }

    /**
     * From settings, and where one is not among them from the environment variable of its name: {@code
     * WATTLEDGER_LOCATION_CLOUD} for {@value #CLOUD}.
     *
     * @param settings those that begin with {@link #PREFIX}, and no others
     * @throws ConfigException naming everything that is wrong
     */
    public static LocationSettings of(Map<String, String> settings, Map<String, String> environment) {
        var all = new HashMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLES) && !value.isBlank()) {
                all.put(key(name), value.strip());
            }
        });
        all.putAll(settings);
        var definition = definition();
        var problems = new ArrayList<String>();
        definition
                .validate(all)
                .forEach(value -> value.errorMessages().stream().limit(1).forEach(problems::add));
        new TreeMap<>(all)
                .keySet().stream()
                        .filter(key -> !definition.names().contains(key))
                        .forEach(key -> problems.add("Unknown setting " + key + " (or " + variable(key)
                                + "); known are " + String.join(", ", definition.names())));
        if (!problems.isEmpty()) {
            throw new ConfigException("Cannot find out where this host is: " + String.join("; ", problems));
        }
        return typed(new AbstractConfig(definition, all, false), environment);
    }

    private static String key(String variable) {
        return variable.substring("WATTLEDGER_".length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private static String variable(String key) {
        return "WATTLEDGER_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static LocationSettings typed(AbstractConfig values, Map<String, String> environment) {
        var server = values.getString(API_SERVER);
        return new LocationSettings(
                values.getString(CLOUD).toLowerCase(Locale.ROOT),
                URI.create(values.getString(CLOUD_ENDPOINT)),
                Duration.ofMillis(values.getInt(CLOUD_TIMEOUT)),
                values.getString(KUBERNETES).equalsIgnoreCase(AUTO),
                server == null ? inCluster(environment) : URI.create(server),
                values.getString(NODE),
                Path.of(values.getString(TOKEN_FILE)),
                Path.of(values.getString(AUTHORITY_FILE)),
                Duration.ofMillis(values.getInt(KUBERNETES_TIMEOUT)));
    }

    private static @Nullable URI inCluster(Map<String, String> environment) {
        var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (host.isEmpty()) {
            return null;
        }
        var bracketed = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("https://" + bracketed + ":" + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443"));
    }

    /** The clouds that may be asked. */
    List<Cloud> clouds(Firmware firmware) {
        return switch (cloud) {
            case OFF -> List.of();
            case AUTO -> firmware.cloud().stream().toList();
            default -> List.of(Cloud.valueOf(cloud.toUpperCase(Locale.ROOT)));
        };
    }
}
