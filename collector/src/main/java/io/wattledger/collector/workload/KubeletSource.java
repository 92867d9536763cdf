package io.wattledger.collector.workload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The list of pods over HTTP or HTTPS, with the token of a service account where there is one. */
final class KubeletSource implements PodList.Source {
    private static final int TIMEOUT_MILLIS = 3000;
    private static final long LARGEST = 64L << 20;

    private final URI url;
    private final @Nullable Path tokenFile;

    KubeletSource(URI url, @Nullable Path tokenFile) {
        this.url = url;
        this.tokenFile = tokenFile;
    }

    @Override
    public InputStream open() throws IOException {
        var connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        if (tokenFile != null) {
            // Kubernetes replaces the token in the file every hour or so.
            var token = Files.readString(tokenFile, StandardCharsets.UTF_8).strip();
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                connection.disconnect();
                throw new IOException(url + " answers with status " + status
                        + (status == 401 || status == 403
                                ? "; give the service account of the collector access to nodes/proxy and set "
                                        + WorkloadSettings.TOKEN_FILE
                                : ""));
            }
            return new Bounded(connection.getInputStream());
        } catch (IOException e) {
            throw new IOException("Cannot get " + url + ": " + e.getMessage(), e);
        }
    }

    private static final class Bounded extends FilterInputStream {
        private long left = LARGEST;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new IOException("More than " + LARGEST + " bytes");
            }
        }
    }
}
