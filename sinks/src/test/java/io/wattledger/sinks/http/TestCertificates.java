package io.wattledger.sinks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that is its own authority, for the name localhost, made by the JDK's keytool. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path file;
    private final KeyStore store;

    private TestCertificates(Path file, KeyStore store) {
        this.file = file;
        this.store = store;
    }

    /** @param names what it is for, as {@code dns:localhost,ip:127.0.0.1} */
    public static TestCertificates make(Path folder, String owner, String names) {
        var file = folder.resolve(owner + ".p12");
        try {
            var keytool = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keystore",
                            file.toString(),
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD,
                            "-alias",
                            owner,
                            "-dname",
                            "CN=" + owner,
                            "-keyalg",
                            "RSA",
                            "-keysize",
                            "2048",
                            "-validity",
                            "30",
                            "-ext",
                            "san=" + names))
                    .redirectErrorStream(true)
                    .start();
            var said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
            if (keytool.waitFor() != 0) {
                throw new AssertionError(said);
            }
            var store = KeyStore.getInstance("PKCS12");
            try (var bytes = Files.newInputStream(file)) {
                store.load(bytes, PASSWORD.toCharArray());
            }
            return new TestCertificates(file, store);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public Path file() {
        return file;
    }

    public String password() {
        return PASSWORD;
    }

    /** The certificate as PEM. */
    public String certificate() {
        try {
            return pem("CERTIFICATE", store.getCertificate(alias()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The private key as PEM. */
    public String key() {
        try {
            return pem(
                    "PRIVATE KEY", store.getKey(alias(), PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String alias() throws GeneralSecurityException {
        return store.aliases().nextElement();
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }

    /** For a server that shows this certificate and believes that of a client. */
    public SSLContext believing(TestCertificates client) {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry("client", client.store.getCertificate(client.alias()));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
