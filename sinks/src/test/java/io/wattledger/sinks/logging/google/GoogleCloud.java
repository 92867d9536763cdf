package io.wattledger.sinks.logging.google;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.wattledger.sinks.http.LocalServer;
import io.wattledger.sinks.logging.ReceivedLines;
import java.io.IOException;
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
    private final LocalServer server = LocalServer.start();
    private final ServiceAccountFile account;

    public GoogleCloud(Path folder) {
        server.behave(this::answer);
        account = ServiceAccountFile.in(folder, tokenEndpoint(), ServiceAccountFile.keys());
    }

    private void answer(HttpExchange exchange, LocalServer.Request request) throws IOException {
        if (request.path().equals("/token")) {
            boolean good = isSignedByTheAccount(request.text());
            LocalServer.send(
                    exchange,
                    good ? 200 : 400,
                    good
                            ? "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3599}"
                            : "{\"error\":\"invalid_grant\"}");
        } else if (request.header("Authorization").equals("Bearer " + TOKEN)) {
            write(request);
            LocalServer.send(exchange, 200, "{}");
        } else {
            LocalServer.send(exchange, 401, "{\"error\":{\"status\":\"UNAUTHENTICATED\"}}");
        }
    }

    private boolean isSignedByTheAccount(String form) {
        try {
            var parts = form.substring(form.indexOf("&assertion=") + "&assertion=".length())
                    .split("\\.", 3);
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(account.publicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private void write(LocalServer.Request request) throws IOException {
        for (var entry : new ObjectMapper().readTree(request.body()).path("entries")) {
            runs.put(
                    entry.path("timestamp").asText() + entry.path("insertId").asText(),
                    entry.path("jsonPayload").path("run").asText());
        }
    }

    public Path key() {
        return account.path();
    }

    public String url() {
        return server.url() + "/v2/entries:write";
    }

    public String tokenEndpoint() {
        return server.url() + "/token";
    }

    @Override
    public List<String> runs() {
        return List.copyOf(runs.values());
    }

    @Override
    public void goDown() {
        server.down();
    }

    @Override
    public void comeBack() {
        server.up();
    }

    @Override
    public void close() {
        server.close();
    }
}
