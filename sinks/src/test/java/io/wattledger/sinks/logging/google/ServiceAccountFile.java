package io.wattledger.sinks.logging.google;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;

/** The file of a service account, as Google Cloud makes it. */
public record ServiceAccountFile(Path path, PublicKey publicKey) {
    /** A new pair of keys. */
    public static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ServiceAccountFile in(Path folder, String tokenEndpoint, KeyPair pair) {
        try {
            var pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                            .encodeToString(pair.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            var file = Files.writeString(
                    folder.resolve("account.json"),
                    new ObjectMapper()
                            .writeValueAsString(Map.of(
                                    "type", "service_account",
                                    "project_id", "p",
                                    "private_key_id", "key-1",
                                    "private_key", pem,
                                    "client_email", "writer@p.iam.gserviceaccount.com",
                                    "token_uri", tokenEndpoint)));
            return new ServiceAccountFile(file, pair.getPublic());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
