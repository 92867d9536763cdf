package io.wattledger.sinks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.schemas.connect.SettingProblems;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a sink that sends over HTTP, under a prefix of its own: address, credentials, headers, certificates,
 * timeouts.
 */
public final class HttpSettings {
    private static final String NONE = "none";
    private static final String BASIC = "basic";
    private static final String BEARER = "bearer";

    private final String prefix;
    private final @Nullable String otherCredentials;

    /** @param prefix what the names of the settings begin with, for example {@code webhook.} */
    public HttpSettings(String prefix) {
        this(prefix, null);
    }

    private HttpSettings(String prefix, @Nullable String otherCredentials) {
        this.prefix = prefix;
        this.otherCredentials = otherCredentials;
    }

    /**
     * Settings of a sink that says in its own way who it is.
     *
     * @param remedy what to do when the service does not believe it, for example {@code check google.credentials.file}
     */
    public static HttpSettings withOtherCredentials(String prefix, String remedy) {
        return new HttpSettings(prefix, remedy);
    }

    public String url() {
        return prefix + "url";
    }

    /** What the names of settings begin with whose rest is the name of a header. */
    public String header() {
        return prefix + "header.";
    }

    private String authentication() {
        return prefix + "auth.type";
    }

    private String user() {
        return prefix + "auth.username";
    }

    private String password() {
        return prefix + "auth.password";
    }

    private String token() {
        return prefix + "auth.token";
    }

    private String connectTimeout() {
        return prefix + "connect.timeout.ms";
    }

    private String requestTimeout() {
        return prefix + "request.timeout.ms";
    }

    /**
     * Adds the settings to a sink's own.
     *
     * @param defaultUrl address of the service where it has one for everyone, empty where it may do without, else null
     */
    public ConfigDef define(ConfigDef definition, @Nullable String defaultUrl) {
        definition
                .define(
                        url(),
                        Type.STRING,
                        defaultUrl == null ? ConfigDef.NO_DEFAULT_VALUE : defaultUrl,
                        addressOf("".equals(defaultUrl)),
                        Importance.HIGH,
                        "Address of the service.")
                .define(
                        connectTimeout(),
                        Type.INT,
                        10_000,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for a connection, in milliseconds.")
                .define(
                        requestTimeout(),
                        Type.INT,
                        30_000,
                        ConfigDef.Range.between(1, 240_000),
                        Importance.LOW,
                        "Longest wait for a whole answer, in milliseconds.");
        if (otherCredentials == null) {
            defineCredentials(definition);
        }
        Certificates.define(definition, prefix);
        return definition;
    }

    private void defineCredentials(ConfigDef definition) {
        definition
                .define(
                        authentication(),
                        Type.STRING,
                        NONE,
                        ConfigDef.ValidString.in(NONE, BASIC, BEARER),
                        Importance.MEDIUM,
                        "How to say who sends: " + user() + " and " + password() + " (basic), or " + token()
                                + " (bearer).")
                .define(user(), Type.STRING, "", Importance.MEDIUM, "User name of basic authentication.")
                .define(
                        password(),
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Password of basic authentication; best from a file or the environment, as"
                                + " `${file:/path:key}` or `${env:NAME}`.")
                .define(
                        token(),
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Token of bearer authentication; as the password.");
    }

    /** Adds what only the settings together show to be wrong. */
    public void check(AbstractConfig settings, SettingProblems problems) {
        if (otherCredentials == null) {
            checkCredentials(settings, problems);
        }
        checkHeaders(settings, problems);
        Certificates.check(settings, prefix, problems);
    }

    private void checkCredentials(AbstractConfig settings, SettingProblems problems) {
        var type = settings.getString(authentication());
        boolean hasUser = !settings.getString(user()).isBlank();
        boolean hasToken = !text(settings.getPassword(token())).isEmpty();
        if (type.equals(BASIC) && !hasUser) {
            problems.add(user(), user() + " is missing, which " + authentication() + "=" + BASIC + " needs");
        }
        if (type.equals(BEARER) && !hasToken) {
            problems.add(token(), token() + " is missing, which " + authentication() + "=" + BEARER + " needs");
        }
        if (!type.equals(BASIC) && hasUser) {
            problems.add(user(), user() + " is of no use without " + authentication() + "=" + BASIC);
        }
        if (!type.equals(BEARER) && hasToken) {
            problems.add(token(), token() + " is of no use without " + authentication() + "=" + BEARER);
        }
    }

    private void checkHeaders(AbstractConfig settings, SettingProblems problems) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost"));
        headers(settings).forEach((name, value) -> {
            try {
                request.setHeader(name, value);
            } catch (IllegalArgumentException e) {
                var setting = settings.originals().containsKey(header() + name) ? header() + name : authentication();
                problems.add(setting, setting + " cannot be sent as header " + name + "; check its name and value");
            }
        });
    }

    /** The address. */
    public URI address(AbstractConfig settings) {
        return URI.create(settings.getString(url()).strip());
    }

    /** What sends to a service that is like most. */
    public HttpSender sender(AbstractConfig settings) {
        return sender(settings, ServiceManners.USUAL);
    }

    /** What sends to the service. */
    public HttpSender sender(AbstractConfig settings, ServiceManners manners) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofMillis(settings.getInt(connectTimeout())))
                .followRedirects(HttpClient.Redirect.NEVER);
        Certificates.context(settings, prefix).ifPresent(client::sslContext);
        return new HttpSender(
                client.build(),
                headers(settings),
                Duration.ofMillis(settings.getInt(requestTimeout())),
                prefix,
                credentialsRemedy(),
                secrets(settings),
                manners);
    }

    private String credentialsRemedy() {
        return otherCredentials == null
                ? "check the credentials in " + prefix + "auth.… and " + header() + "…"
                : otherCredentials;
    }

    private Secrets secrets(AbstractConfig settings) {
        var secrets = new ArrayList<String>();
        if (otherCredentials == null) {
            secrets.add(text(settings.getPassword(password())));
        }
        for (var value : headers(settings).values()) {
            secrets.add(value);
            // After the word for what it is, as in "Bearer …".
            secrets.add(value.substring(value.lastIndexOf(' ') + 1));
        }
        return Secrets.of(secrets);
    }

    private Map<String, String> headers(AbstractConfig settings) {
        var headers = new LinkedHashMap<String, String>();
        settings.originalsWithPrefix(header()).forEach((name, value) -> headers.put(name, value.toString()));
        if (otherCredentials == null) {
            authorization(settings, headers);
        }
        return headers;
    }

    private void authorization(AbstractConfig settings, Map<String, String> headers) {
        switch (settings.getString(authentication()).toLowerCase(Locale.ROOT)) {
            case BASIC -> {
                var pair = settings.getString(user()) + ":" + text(settings.getPassword(password()));
                headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
            }
            case BEARER -> headers.put("Authorization", "Bearer " + text(settings.getPassword(token())));
            default -> {
                // Nobody asks.
            }
        }
    }

    private static String text(@Nullable Password password) {
        return password == null ? "" : password.value().strip();
    }

    /**
     * Takes the address of a service.
     *
     * @param optional whether it may be empty
     */
    public static ConfigDef.Validator addressOf(boolean optional) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (!optional || !Objects.toString(value, "").isBlank()) {
                        checkUrl(name, value);
                    }
                },
                () -> "http:// or https:// address" + (optional ? ", or none" : ""));
    }

    /** Without the address in any message: that of a webhook is a secret. */
    private static void checkUrl(String name, @Nullable Object value) {
        var url = Objects.toString(value, "").strip();
        try {
            var uri = URI.create(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null) {
                throw new ConfigException(name + " must be an http:// or https:// address");
            }
            if (uri.getUserInfo() != null) {
                throw new ConfigException(name + " must not have credentials in it; there are settings for them");
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name + " must be an address");
        }
    }
}
