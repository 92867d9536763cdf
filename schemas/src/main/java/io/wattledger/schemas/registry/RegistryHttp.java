package io.wattledger.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to whichever address of the registry answers. An address that does not answer, or answers that it
 * cannot just now (408, 429, 5xx), is followed by the next; after all of them comes a wait, then another round. All other
 * answers are final. Every request of the API may be repeated: registering a schema twice gives the same number.
 *
 * <p>{@code HttpURLConnection} does this with no thread of its own, and where the address is no https one without any of
 * TLS: in a collector the newer client takes 900 classes and 2 MB of heap for three requests.
 */
final class RegistryHttp {
    private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private record Address(URI base, @Nullable String authorization) {
        @Override
        public String toString() {
            return base.toString(); // without secrets
        }
    }

    private final List<Address> addresses;
    private final RegistryConfig config;
    private final int connectTimeoutMillis;
    private final int readTimeoutMillis;
    private final int retries;
    private final long firstWaitMillis;
    private final long longestWaitMillis;
    private volatile int preferred;
    private @Nullable SSLSocketFactory sockets;

    RegistryHttp(RegistryConfig config) {
        this.addresses = config.urls().stream().map(url -> address(url, config)).toList();
        this.config = config;
        this.connectTimeoutMillis = config.getInt(RegistryConfig.CONNECT_TIMEOUT);
        this.readTimeoutMillis = config.getInt(RegistryConfig.READ_TIMEOUT);
        this.retries = config.getInt(RegistryConfig.MAX_RETRIES);
        this.firstWaitMillis = config.getLong(RegistryConfig.RETRIES_WAIT);
        this.longestWaitMillis = config.getLong(RegistryConfig.RETRIES_MAX_WAIT);
    }

    private static Address address(String url, RegistryConfig config) {
        try {
            var given = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (given.getHost() == null || !List.of("http", "https").contains(given.getScheme())) {
                throw new ConfigException(
                        RegistryConfig.SCHEMA_REGISTRY_URL, url, "give an address such as http://localhost:8081");
            }
            var base = new URI(given.getScheme(), null, given.getHost(), given.getPort(), given.getPath(), null, null);
            return new Address(base, authorization(given, config));
        } catch (URISyntaxException e) {
            throw new ConfigException(
                    RegistryConfig.SCHEMA_REGISTRY_URL,
                    url,
                    "give an address such as http://localhost:8081 (" + e.getReason() + ")");
        }
    }

    private static @Nullable String authorization(URI given, RegistryConfig config) {
        var token = config.bearerToken();
        if (token != null) {
            return "Bearer " + token;
        }
        var configured = config.userInfo();
        var userInfo = configured != null ? configured : given.getUserInfo();
        return userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private record Answer(int status, String body) {}

    /** Made when it is needed, as reading certificates takes a while; those of the JVM where nothing else is set. */
    private synchronized SSLSocketFactory sockets() {
        var made = sockets;
        if (made == null) {
            made = sockets(config.tls());
            sockets = made;
        }
        return made;
    }

    private static SSLSocketFactory sockets(@Nullable Map<String, ?> tls) {
        if (tls == null) {
            return HttpsURLConnection.getDefaultSSLSocketFactory();
        }
        try (var factory = new DefaultSslEngineFactory()) {
            factory.configure(tls);
            return factory.sslContext().getSocketFactory();
        }
    }

    /**
     * @param path path and query below the address
     * @param body what to send as JSON, or null
     * @return the answer, or a missing node when it was empty
     */
    JsonNode send(String method, String path, @Nullable JsonNode body) {
        for (var round = 0; ; round++) {
            var failures = new ArrayList<String>();
            Exception cause = null;
            var start = preferred;
            for (var i = 0; i < addresses.size(); i++) {
                var index = (start + i) % addresses.size();
                var address = addresses.get(index);
                try {
                    var answer = ask(address, method, path, body);
                    if (!isPassing(answer.status)) {
                        preferred = index;
                        return content(answer, address, method, path);
                    }
                    failures.add(address + " answered " + answer.status + " " + message(answer.body));
                } catch (IOException e) {
                    failures.add(address + ": " + reason(e));
                    cause = e;
                }
            }
            if (round == retries) {
                throw new SchemaRegistryException(
                        "No answer from the schema registry to " + method + " " + path + " after " + (retries + 1)
                                + " attempts (" + String.join("; ", failures) + "); check that it runs and that "
                                + RegistryConfig.SCHEMA_REGISTRY_URL + " is right",
                        0,
                        true,
                        cause);
            }
            pause(round, method, path);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "there is no host of this name";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private Answer ask(Address address, String method, String path, @Nullable JsonNode body) throws IOException {
        var connection = (HttpURLConnection) new URL(address.base + path).openConnection();
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(sockets());
        }
        connection.setConnectTimeout(connectTimeoutMillis);
        connection.setReadTimeout(readTimeoutMillis);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", JSON_TYPE + ", application/json");
        if (address.authorization != null) {
            connection.setRequestProperty("Authorization", address.authorization);
        }
        if (body != null) {
            connection.setRequestProperty("Content-Type", JSON_TYPE);
            connection.setDoOutput(true);
            try (var out = connection.getOutputStream()) {
                out.write(body.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        int status = connection.getResponseCode();
        try (var in = status < BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static boolean isPassing(int status) {
        return status >= SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
    }

    private static JsonNode content(Answer answer, Address address, String method, String path) {
        int status = answer.status;
        if (status >= OK && status < MULTIPLE_CHOICES) {
            try {
                return answer.body.isBlank() ? MissingNode.getInstance() : JSON.readTree(answer.body);
            } catch (JsonProcessingException e) {
                throw new SchemaRegistryException(
                        address + " is no schema registry: it answered " + method + " " + path + " with "
                                + shortened(answer.body) + "; check " + RegistryConfig.SCHEMA_REGISTRY_URL,
                        0,
                        false,
                        e);
            }
        }
        var tried = "The schema registry at " + address + " refused " + method + " " + path + ": ";
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new SchemaRegistryException(
                    tried + "status " + status + " " + message(answer.body) + "; check "
                            + RegistryConfig.BASIC_AUTH_USER_INFO + " or " + RegistryConfig.BEARER_AUTH_TOKEN,
                    status,
                    false,
                    null);
        }
        throw new SchemaRegistryException(tried + message(answer.body), code(answer), false, null);
    }

    /** The registry's own error code, or the status for an answer without one. */
    private static int code(Answer answer) {
        try {
            return JSON.readTree(answer.body).path("error_code").asInt(answer.status);
        } catch (JsonProcessingException e) {
            return answer.status;
        }
    }

    private static String message(String body) {
        try {
            var message = JSON.readTree(body).path("message");
            return message.isMissingNode() ? shortened(body) : message.asText();
        } catch (JsonProcessingException e) {
            return shortened(body);
        }
    }

    private static String shortened(String text) {
        var longest = 200;
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private void pause(int round, String method, String path) {
        var wait = Math.min(longestWaitMillis, firstWaitMillis << Math.min(round, 20));
        try {
            // Up to a quarter more, so that many clients do not come back at the same moment.
            Thread.sleep(wait + ThreadLocalRandom.current().nextLong(wait / 4 + 1));
        } catch (InterruptedException e) {
            throw interrupted(method, path, e);
        }
    }

    private static SchemaRegistryException interrupted(String method, String path, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new SchemaRegistryException(
                "Interrupted while asking the schema registry for " + method + " " + path, 0, true, cause);
    }
}
