package io.wattledger.sinks.webhook;

import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URI;
import java.util.HashMap;
import java.util.Optional;

/** Takes messages to one address, signed when a secret is set. */
final class Courier implements Post {
    private final HttpSender sender;
    private final URI address;
    private final Optional<Signature> signature;

    Courier(HttpSender sender, URI address, Optional<Signature> signature) {
        this.sender = sender;
        this.address = address;
        this.signature = signature;
    }

    @Override
    public HttpAnswer send(Message message) throws TargetUnavailableException {
        var headers = new HashMap<>(message.headers());
        headers.put("Content-Type", message.contentType());
        headers.put("Idempotency-Key", message.idempotencyKey());
        signature.ifPresent(signs -> headers.put(Signature.HEADER, signs.of(message.body())));
        return sender.post(addressOf(message), message.body(), headers);
    }

    private URI addressOf(Message message) {
        if (message.path().isEmpty()) {
            return address;
        }
        var base = address.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + message.path());
    }
}
