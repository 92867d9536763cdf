package io.wattledger.sinks.http;

import io.wattledger.schemas.connect.SettingProblems;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are believed and shown, set behind the prefix of a sink under the names that Kafka's clients have, PEM
 * included.
 */
public final class Certificates {
    private static final List<String> SETTINGS = List.of(
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
            SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
            SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
            SslConfigs.SSL_KEY_PASSWORD_CONFIG);

    private Certificates() {}

    /** Adds the settings to a sink's own. */
    public static void define(ConfigDef definition, String prefix) {
        var kafkas = new ConfigDef();
        SslConfigs.addClientSslSupport(kafkas);
        for (var name : SETTINGS) {
            var key = Objects.requireNonNull(kafkas.configKeys().get(name), name);
            definition.define(
                    prefix + name, key.type, key.defaultValue, key.validator, Importance.LOW, key.documentation);
        }
    }

    /** Adds what only the files themselves show to be wrong. */
    public static void check(AbstractConfig settings, String prefix, SettingProblems problems) {
        try {
            context(settings, prefix);
        } catch (RuntimeException e) {
            problems.add(
                    prefix + SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                    "Cannot use the certificates of " + prefix + "ssl.…: " + deepest(e));
        }
    }

    private static String deepest(Throwable error) {
        var cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /**
     * What the settings say; empty when they leave it to the JDK.
     *
     * @throws RuntimeException when a store cannot be read
     */
    public static Optional<SSLContext> context(AbstractConfig settings, String prefix) {
        return context(settings.valuesWithPrefixOverride(prefix));
    }

    private static Optional<SSLContext> context(Map<String, ?> settings) {
        var stores = kafkasDefaults();
        for (var name : SETTINGS) {
            var value = settings.get(name);
            if (value != null && !value.toString().isEmpty()) {
                stores.put(name, value);
            }
        }
        try (var kafkas = new DefaultSslEngineFactory()) {
            kafkas.configure(stores);
            if (kafkas.truststore() == null && kafkas.keystore() == null) {
                return Optional.empty();
            }
            var context = SSLContext.getInstance(SslConfigs.DEFAULT_SSL_PROTOCOL);
            context.init(shown(kafkas.keystore(), stores), believed(kafkas.truststore()), null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new InvalidConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Kafka's reader of stores wants all of its settings. */
    private static Map<String, Object> kafkasDefaults() {
        var kafkas = new ConfigDef();
        SslConfigs.addClientSslSupport(kafkas);
        return new HashMap<>(kafkas.parse(Map.of()));
    }

    private static KeyManager @Nullable [] shown(@Nullable KeyStore store, Map<String, Object> settings)
            throws GeneralSecurityException {
        if (store == null) {
            return null;
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password(settings));
        return factory.getKeyManagers();
    }

    private static char[] password(Map<String, Object> settings) {
        for (var name : List.of(SslConfigs.SSL_KEY_PASSWORD_CONFIG, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG)) {
            if (settings.get(name) instanceof Password password) {
                return password.value().toCharArray();
            }
        }
        return new char[0];
    }

    private static TrustManager @Nullable [] believed(@Nullable KeyStore store) throws GeneralSecurityException {
        if (store == null) {
            return null;
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
