package io.wattledger.sinks.logging.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The key of a service account.
 *
 * @param account its mail address
 * @param id identifier of the key
 * @param key signs
 * @param tokenEndpoint who gives tokens for signed requests
 */
record ServiceAccountKey(String account, String id, PrivateKey key, URI tokenEndpoint) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCOPE = "https://www.googleapis.com/auth/logging.write";
    /** The longest that Google takes. */
    private static final Duration VALID = Duration.ofHours(1);

    /** @throws ConnectException when the file cannot be read or holds no such key */
    static ServiceAccountKey read(Path file) {
        try {
            var json = JSON.readTree(Files.readString(file));
            return new ServiceAccountKey(
                    text(json, file, "client_email"),
                    text(json, file, "private_key_id"),
                    privateKey(text(json, file, "private_key"), file),
                    URI.create(text(json, file, "token_uri")));
        } catch (JsonProcessingException e) {
            // Jackson's message shows the text, and with it perhaps the key.
            throw notAKey(file, "is no JSON");
        } catch (IOException e) {
            throw new ConnectException(
                    "Cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
        } catch (IllegalArgumentException e) {
            throw notAKey(file, "has a token_uri that is no address");
        }
    }

    private static String text(JsonNode json, Path file, String field) {
        var value = json.path(field).asText();
        if (value.isBlank()) {
            throw notAKey(file, "has no " + field);
        }
        return value;
    }

    private static PrivateKey privateKey(String pem, Path file) {
        var base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may show parts of the key.
            throw notAKey(file, "has a private_key that is no RSA key in PKCS #8");
        }
    }

    private static ConnectException notAKey(Path file, String why) {
        return new ConnectException(file + " is not the key of a service account: it " + why
                + "; make one in Google Cloud (IAM, Service Accounts, Keys, JSON)");
    }

    /** A signed request for a token (<a href="https://datatracker.ietf.org/doc/html/rfc7523">RFC 7523</a>). */
    String assertion(Instant now) {
        var header = object().put("alg", "RS256").put("typ", "JWT").put("kid", id);
        var claims = object().put("iss", account)
                .put("scope", SCOPE)
                .put("aud", tokenEndpoint.toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(VALID).getEpochSecond());
        var content = base64(header.toString().getBytes(UTF_8)) + "."
                + base64(claims.toString().getBytes(UTF_8));
        return content + "." + base64(signature(content));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private byte[] signature(String content) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new ConnectException("Cannot sign with the key of " + account, e);
        }
    }

    private static String base64(byte[] content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "key " + id + " of " + account;
    }
}
