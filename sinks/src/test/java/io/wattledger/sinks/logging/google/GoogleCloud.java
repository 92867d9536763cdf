package io.wattledger.sinks.logging.google;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.sinks.logging.LocalServer;
import io.wattledger.sinks.logging.LocalServer.Answer;
import io.wattledger.sinks.logging.LocalServer.Request;
import io.wattledger.sinks.logging.ReceivedLines;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives a token to whoever signs with the key of its account, and keeps entries of who has it; of those with the same {@code
 * insertId} and timestamp it keeps one.
 */
public final class GoogleCloud implements ReceivedLines, AutoCloseable {
    private static final String TOKEN = "ya29.token";

    private final Map<String, String> runs = new ConcurrentHashMap<>();
    private final LocalServer server = new LocalServer(this::answer);
    private final ServiceAccountFile account;

    public GoogleCloud(Path folder) {
        account = ServiceAccountFile.in(folder, server.url("/token"), ServiceAccountFile.keys());
    }

    private Answer answer(Request request) {
        return request.path().equals("/token") ? token(request.text()) : write(request);
    }

    private Answer token(String form) {
        try {
            var parts = form.substring(form.indexOf("&assertion=") + "&assertion=".length())
                    .split("\\.");
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(account.publicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    ? Answer.of(200, "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3599}")
                    : Answer.of(400, "{\"error\":\"invalid_grant\"}");
        } catch (GeneralSecurityException e) {
            return Answer.of(400, "{\"error\":\"invalid_grant\"}");
        }
    }

    private Answer write(Request request) {
        if (!("Bearer " + TOKEN).equals(request.headers().get("Authorization"))) {
            return Answer.of(401, "{\"error\":{\"status\":\"UNAUTHENTICATED\"}}");
        }
        try {
            for (var entry : new ObjectMapper().readTree(request.text()).path("entries")) {
                runs.put(
                        entry.path("timestamp").asText()
                                + entry.path("insertId").asText(),
                        entry.path("jsonPayload").path("run").asText());
            }
            return Answer.of(200, "{}");
        } catch (JsonProcessingException e) {
            return Answer.of(400, "no JSON");
        }
    }

    public Path key() {
        return account.path();
    }

    public String url() {
        return server.url("/v2/entries:write");
    }

    public String tokenEndpoint() {
        return server.url("/token");
    }

    @Override
    public List<String> runs() {
        return List.copyOf(runs.values());
    }

    @Override
    public void goDown() {
        server.goDown();
    }

    @Override
    public void comeBack() {
        server.comeBack();
    }

    @Override
    public void close() {
        server.close();
    }
}
