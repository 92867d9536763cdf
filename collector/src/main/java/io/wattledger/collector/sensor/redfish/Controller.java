package io.wattledger.collector.sensor.redfish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Talks to one management controller. Logs in once, again when the session has ended, and out when closed. */
final class Controller implements AutoCloseable {
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions";
    private static final String TOKEN_HEADER = "X-Auth-Token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 4 << 20;

    private final URI base;
    private final Credentials credentials;
    private final Trust trust;
    private final Duration timeout;
    private @Nullable String token;
    private @Nullable String session;
    private boolean withoutSessions;

    Controller(URI base, Credentials credentials, Trust trust, Duration timeout) {
        this.base = base;
        this.credentials = credentials;
        this.trust = trust;
        this.timeout = timeout;
    }

    URI base() {
        return base;
    }

    /**
     * A resource.
     *
     * @throws FileNotFoundException when there is none
     * @throws IOException when it cannot be had or is not JSON
     */
    JsonNode get(String path) throws IOException {
        if (token == null && !withoutSessions) {
            logIn();
        }
        var connection = open("GET", path);
        if (connection.getResponseCode() == HttpURLConnection.HTTP_UNAUTHORIZED && token != null) {
            connection.disconnect();
            token = null;
            session = null;
            logIn();
            connection = open("GET", path);
        }
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_NOT_FOUND) {
            connection.disconnect();
            throw new FileNotFoundException("there is no " + base.resolve(path));
        }
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            throw refused("GET " + path, status);
        }
        try (var body = connection.getInputStream()) {
            return JSON.readTree(body.readNBytes(MOST_BYTES));
        } catch (JsonProcessingException e) {
            throw new IOException(base.resolve(path) + " is not JSON (" + e.getOriginalMessage() + ")", e);
        }
    }

    private void logIn() throws IOException {
        var connection = open("POST", SESSIONS);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        var body = JSON.createObjectNode().put("UserName", credentials.user()).put("Password", credentials.password());
        try (var out = connection.getOutputStream()) {
            out.write(JSON.writeValueAsBytes(body));
        }
        int status = connection.getResponseCode();
        var given = connection.getHeaderField(TOKEN_HEADER);
        var location = connection.getHeaderField("Location");
        connection.disconnect();
        if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_BAD_METHOD) {
            withoutSessions = true;
        } else if (status / 100 != 2 || given == null) {
            throw refused("the login of user '" + credentials.user() + "'", status);
        } else {
            token = given;
            session = location == null ? null : URI.create(location).getRawPath();
        }
    }

    private IOException refused(String what, int status) {
        var remedy = status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN
                ? "; check " + RedfishConfig.USER + " and the password in " + RedfishConfig.PASSWORD_FILE
                        + " or the variable " + Credentials.PASSWORD_VARIABLE
                : "";
        return new IOException(base + " refused " + what + " with status " + status + remedy);
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        var connection = (HttpsURLConnection) base.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        trust.applyTo(connection);
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setRequestProperty("Accept", "application/json");
        if (token != null) {
            connection.setRequestProperty(TOKEN_HEADER, token);
        } else if (withoutSessions) {
            var pair = credentials.user() + ":" + credentials.password();
            connection.setRequestProperty(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return connection;
    }

    /** Ends the session; a controller that cannot be reached any more ends it by itself. */
    @Override
    public void close() {
        if (session == null) {
            return;
        }
        try {
            var connection = open("DELETE", session);
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException e) {
            // Nobody is left to be told, and sessions time out.
        } finally {
            token = null;
            session = null;
        }
    }
}
