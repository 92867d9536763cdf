package io.wattledger.schemas.registry;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Settings of a registry client, by the names that Confluent's client gave them. */
public final class RegistryConfig extends AbstractConfig {
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";
    public static final String BASIC_AUTH_CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";
    public static final String BEARER_AUTH_TOKEN = "bearer.auth.token";
    public static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    public static final String READ_TIMEOUT = "http.read.timeout.ms";
    public static final String MAX_RETRIES = "max.retries";
    public static final String RETRIES_WAIT = "retries.wait.ms";
    public static final String RETRIES_MAX_WAIT = "retries.max.wait.ms";

    /** Before the usual {@code ssl.…} settings of Kafka clients. */
    public static final String TLS_PREFIX = "schema.registry.";

    private static final String IN_MEMORY = "mock://";
    private static final String FROM_URL = "URL";
    private static final String FROM_USER_INFO = "USER_INFO";

    public RegistryConfig(Map<String, ?> settings) {
        super(definition(), settings, false);
    }

    /** The settings with their meaning. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        SCHEMA_REGISTRY_URL,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Importance.HIGH,
                        "Addresses of the schema registry. When one does not answer the next is asked. mock://NAME is a"
                                + " registry within this process, for tests.")
                .define(
                        AUTO_REGISTER_SCHEMAS,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Whether a serializer registers the schema it writes with. Otherwise it must be there already.")
                .define(
                        BASIC_AUTH_CREDENTIALS_SOURCE,
                        Type.STRING,
                        FROM_URL,
                        ValidString.in(FROM_URL, FROM_USER_INFO),
                        Importance.MEDIUM,
                        "Where name and password for basic authentication are: URL, in front of the address"
                                + " (https://name:password@host), or USER_INFO, in " + BASIC_AUTH_USER_INFO + ".")
                .define(
                        BASIC_AUTH_USER_INFO,
                        Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "Name and password for basic authentication, as name:password.")
                .define(
                        BEARER_AUTH_TOKEN,
                        Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "Token for bearer authentication; goes before basic authentication.")
                .define(
                        CONNECT_TIMEOUT,
                        Type.INT,
                        5_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for a connection, in milliseconds.")
                .define(
                        READ_TIMEOUT,
                        Type.INT,
                        10_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for an answer, in milliseconds.")
                .define(
                        MAX_RETRIES,
                        Type.INT,
                        3,
                        Range.atLeast(0),
                        Importance.LOW,
                        "How many more times all addresses are asked when none answers or all answer with a server"
                                + " error.")
                .define(
                        RETRIES_WAIT,
                        Type.LONG,
                        200L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Wait before the first retry, in milliseconds; it doubles with each.")
                .define(
                        RETRIES_MAX_WAIT,
                        Type.LONG,
                        5_000L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Longest wait before a retry, in milliseconds.");
    }

    /** A client with these settings. */
    public SchemaRegistry open() {
        var urls = urls();
        if (urls.get(0).startsWith(IN_MEMORY)) {
            return InMemorySchemaRegistry.shared(urls.get(0).substring(IN_MEMORY.length()));
        }
        return new HttpSchemaRegistry(this);
    }

    /** Whether serializers register the schemas they write with. */
    public boolean registersSchemas() {
        return getBoolean(AUTO_REGISTER_SCHEMAS);
    }

    List<String> urls() {
        var urls = getList(SCHEMA_REGISTRY_URL);
        if (urls.isEmpty()) {
            throw new ConfigException(SCHEMA_REGISTRY_URL, urls, "give at least one address");
        }
        return urls;
    }

    /** {@code name:password}, unless it is to be taken from the address. */
    @Nullable
    String userInfo() {
        if (!getString(BASIC_AUTH_CREDENTIALS_SOURCE).equals(FROM_USER_INFO)) {
            return null;
        }
        var userInfo = secret(BASIC_AUTH_USER_INFO);
        if (userInfo == null) {
            throw new ConfigException(BASIC_AUTH_CREDENTIALS_SOURCE + " is " + FROM_USER_INFO + ", but "
                    + BASIC_AUTH_USER_INFO + " is not set; set it to name:password");
        }
        return userInfo;
    }

    @Nullable
    String bearerToken() {
        return secret(BEARER_AUTH_TOKEN);
    }

    /** Typed {@code ssl.…} settings, or null when there are none and the JVM's own trust is used. */
    @Nullable
    Map<String, ?> tls() {
        var given = originalsWithPrefix(TLS_PREFIX);
        given.keySet().removeIf(key -> !key.startsWith("ssl."));
        if (given.isEmpty()) {
            return null;
        }
        var definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        return definition.parse(given);
    }

    private @Nullable String secret(String key) {
        Password password = getPassword(key);
        return password == null ? null : password.value();
    }
}
