package io.wattledger.collector.sensor.redfish;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The settings of {@link RedfishSensor}. */
public final class RedfishConfig {
    public static final String URL = "redfish.url";
    public static final String USER = "redfish.user";
    public static final String PASSWORD_FILE = "redfish.password.file";
    public static final String CHASSIS = "redfish.chassis";
    public static final String CA_FILE = "redfish.ca.file";
    public static final String FINGERPRINT = "redfish.fingerprint";
    public static final String TIMEOUT_MS = "redfish.timeout.ms";

    private RedfishConfig() {}

    /** Adds them to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        URL,
                        Type.STRING,
                        null,
                        LambdaValidator.with(RedfishConfig::checkUrl, () -> "an https address"),
                        Importance.LOW,
                        "Address of this host's management controller, for example https://10.0.0.7.")
                .define(USER, Type.STRING, null, Importance.LOW, "A user of it; one that may only read is enough.")
                .define(
                        PASSWORD_FILE,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "File with the user's password. Default: the environment variable "
                                + Credentials.PASSWORD_VARIABLE + ".")
                .define(
                        CHASSIS,
                        Type.STRING,
                        null,
                        LambdaValidator.with(RedfishConfig::checkChassis, () -> "an id"),
                        Importance.LOW,
                        "Id of the chassis that is this host. Default: the first of type RackMount, StandAlone, Blade or"
                                + " Sled that tells its power.")
                .define(
                        CA_FILE,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "PEM file with the authority that has signed the controller's certificate. Default: those of the"
                                + " JDK.")
                .define(
                        FINGERPRINT,
                        Type.STRING,
                        null,
                        LambdaValidator.with(RedfishConfig::checkFingerprint, () -> "64 hexadecimal digits"),
                        Importance.LOW,
                        "SHA-256 of the controller's certificate, for one that no authority has signed. Instead of "
                                + CA_FILE + ".")
                .define(
                        TIMEOUT_MS,
                        Type.INT,
                        10_000,
                        Range.between(10, 60_000),
                        Importance.LOW,
                        "How long the controller may take to answer a request, in milliseconds.");
    }

    /** What is wrong with settings that belong together, each of which does by itself. */
    public static List<String> problems(Map<String, Object> values) {
        var problems = new ArrayList<String>();
        if ((values.get(URL) == null) != (values.get(USER) == null)) {
            problems.add("Set both of " + URL + " and " + USER + ", or neither");
        }
        if (values.get(CA_FILE) != null && values.get(FINGERPRINT) != null) {
            problems.add("Set one of " + CA_FILE + " and " + FINGERPRINT + ", not both");
        }
        return problems;
    }

    /**
     * The sensor of settings that were parsed with that definition and have no problems.
     *
     * @return null where no controller is configured
     */
    public static @Nullable RedfishSensor from(Map<String, Object> values) {
        var url = (String) values.get(URL);
        var user = (String) values.get(USER);
        if (url == null || user == null) {
            return null;
        }
        var trust = new Trust(path(values, CA_FILE), (String) values.get(FINGERPRINT));
        var credentials = new Credentials(user, path(values, PASSWORD_FILE));
        var timeout = Duration.ofMillis(Long.parseLong(String.valueOf(values.get(TIMEOUT_MS))));
        return new RedfishSensor(
                new Controller(URI.create(url), credentials, trust, timeout), (String) values.get(CHASSIS));
    }

    private static @Nullable Path path(Map<String, Object> values, String key) {
        var text = (String) values.get(key);
        return text == null ? null : Path.of(text);
    }

    private static void checkUrl(String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            var url = new URI((String) value);
            if (url.getUserInfo() != null) {
                throw new ConfigException(key, "(not shown)", "must not hold a password; use " + PASSWORD_FILE);
            }
            if (url.getHost() == null || !"https".equals(url.getScheme())) {
                throw new ConfigException(key, value, "must be an address such as https://10.0.0.7");
            }
        } catch (URISyntaxException e) {
            throw new ConfigException(key, value, "must be an address (" + e.getReason() + ")");
        }
    }

    private static void checkChassis(String key, @Nullable Object value) {
        if (value != null && !((String) value).matches("[A-Za-z0-9._:-]+")) {
            throw new ConfigException(key, value, "must be the last part of a chassis' address, such as 1U");
        }
    }

    private static void checkFingerprint(String key, @Nullable Object value) {
        if (value != null && !Trust.digits((String) value).matches("[0-9a-f]{64}")) {
            throw new ConfigException(
                    key,
                    value,
                    "must be 64 hexadecimal digits, as openssl x509 -noout -fingerprint -sha256 writes them");
        }
    }
}
