package io.wattledger.collector.sensor.exporter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Fetches the text of one endpoint. Uses the JDK's older client, which needs no threads of its own. */
final class Scrape {
    static final String TOKEN_VARIABLE = "WATTLEDGER_EXPORTER_TOKEN";

    /** An exporter that lists every process of a large host sends a few megabytes. */
    private static final int MOST_BYTES = 32 << 20;

    private final URI endpoint;
    private final @Nullable Path tokenFile;
    private final Duration timeout;

    Scrape(URI endpoint, @Nullable Path tokenFile, Duration timeout) {
        this.endpoint = endpoint;
        this.tokenFile = tokenFile;
        this.timeout = timeout;
    }

    /**
     * The whole text.
     *
     * @throws IOException when the endpoint does not answer in time, with status 200, all it announced, or with text
     */
    String text() throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        var connection = (HttpURLConnection) endpoint.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "text/plain;version=0.0.4");
        connection.setRequestProperty("Accept-Encoding", "identity");
        var token = token();
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            throw new IOException("status " + status + (isRefusal(status) ? remedy() : ""));
        }
        try (var body = connection.getInputStream()) {
            return decoded(connection, complete(connection, body, deadline));
        } catch (IOException e) {
            connection.disconnect();
            throw e;
        }
    }

    private static boolean isRefusal(int status) {
        return status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN;
    }

    private static String remedy() {
        return ": give a token in the file of " + ExporterConfig.TOKEN_FILE + " or the variable " + TOKEN_VARIABLE;
    }

    /** Read anew each time, since tokens are replaced while we run. */
    private @Nullable String token() throws IOException {
        if (tokenFile == null) {
            return System.getenv(TOKEN_VARIABLE);
        }
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new IOException("cannot read the token in " + tokenFile + " (" + e + ")", e);
        }
    }

    /** The JDK's client does not tell an answer that was cut off from one that has ended. */
    private byte[] complete(HttpURLConnection connection, InputStream body, long deadline) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[16 << 10];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            bytes.write(buffer, 0, read);
            if (bytes.size() > MOST_BYTES) {
                throw new IOException("more than " + MOST_BYTES + " bytes");
            }
            if (System.nanoTime() > deadline) {
                throw new SocketTimeoutException("not all of the answer came within " + timeout.toMillis() + " ms");
            }
        }
        long announced = connection.getContentLengthLong();
        if (announced >= 0 && announced != bytes.size()) {
            throw new IOException("the answer was cut off after " + bytes.size() + " of " + announced + " bytes");
        }
        return bytes.toByteArray();
    }

    private static String decoded(HttpURLConnection connection, byte[] bytes) throws IOException {
        var type = connection.getContentType();
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
            throw new IOException("the answer is " + type + ", not text/plain: is this a metrics endpoint?");
        }
        if (!"gzip".equalsIgnoreCase(connection.getContentEncoding())) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            var text = unzipped.readNBytes(MOST_BYTES + 1);
            if (text.length > MOST_BYTES) {
                throw new IOException("more than " + MOST_BYTES + " bytes");
            }
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
