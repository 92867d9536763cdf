package io.wattledger.collector.sensor.redfish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate is believed: the one with a fingerprint, those an authority has signed, or by default those the JDK
 * believes. A fingerprint stands for the host as well, so only with one is the name in the certificate not compared.
 *
 * @param authority PEM file, or null
 * @param fingerprint SHA-256 of the certificate, or null
 */
record Trust(@Nullable Path authority, @Nullable String fingerprint) {
    /** Makes a connection believe no other certificate. */
    void applyTo(HttpsURLConnection connection) throws IOException {
        try {
            if (fingerprint != null) {
                connection.setSSLSocketFactory(
                        context(new Pinned(digits(fingerprint))).getSocketFactory());
                connection.setHostnameVerifier((host, session) -> true);
            } else if (authority != null) {
                connection.setSSLSocketFactory(context(signedBy(authority)).getSocketFactory());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + authority + " to verify certificates (" + e.getMessage() + ")", e);
        }
    }

    static String digits(String fingerprint) {
        return fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
    }

    private static SSLContext context(TrustManager... managers) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    private static TrustManager[] signedBy(Path authority) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var file = Files.newInputStream(authority)) {
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private record Pinned(String digits) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                var shown = HexFormat.of().formatHex(digest);
                if (!shown.equals(digits)) {
                    throw new CertificateException("the certificate's SHA-256 is " + shown + ", not " + digits + " as "
                            + RedfishConfig.FINGERPRINT + " says");
                }
            } catch (GeneralSecurityException e) {
                throw e instanceof CertificateException known ? known : new CertificateException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("This is no server.");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
