package io.wattledger.sinks.logging.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the SDK has encoded as the other sinks send, and keeps the answer, of which the SDK tells too little. The SDK
 * hears of success only: of a failure it would write a log of its own, while it is the task that tells of it.
 */
final class OtlpSender implements io.opentelemetry.sdk.common.export.HttpSender {
    private final HttpSender http;
    private final URI address;
    private @Nullable HttpSenderConfig format;
    private @Nullable HttpAnswer answer;
    private @Nullable Exception failure;

    OtlpSender(HttpSender http, URI address) {
        this.http = http;
        this.address = address;
    }

    /** Sends in this format from now on. */
    OtlpSender in(HttpSenderConfig newFormat) {
        format = newFormat;
        return this;
    }

    @Override
    public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
        answer = null;
        failure = null;
        try {
            answer = http.post(address, body(message), headers());
        } catch (TargetUnavailableException | TargetRefusedException e) {
            failure = e;
        }
        if (answer != null && answer.isGood()) {
            onResponse.accept(new Response(answer));
        }
    }

    private byte[] body(MessageWriter message) {
        var body = new ByteArrayOutputStream();
        var compressor = format == null ? null : format.getCompressor();
        try (OutputStream out = compressor == null ? body : compressor.compress(body)) {
            message.writeMessage(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toByteArray();
    }

    private Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        if (format != null) {
            headers.put("Content-Type", format.getContentType());
            if (format.getCompressor() != null) {
                headers.put("Content-Encoding", format.getCompressor().getEncoding());
            }
        }
        return headers;
    }

    /** What came of the last request. */
    HttpAnswer takeAnswer() throws TargetUnavailableException {
        if (failure instanceof TargetUnavailableException unavailable) {
            throw unavailable;
        }
        if (failure instanceof TargetRefusedException refused) {
            throw refused;
        }
        if (answer == null) {
            throw new IllegalStateException("The OpenTelemetry SDK has sent nothing");
        }
        return answer;
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    private record Response(HttpAnswer answer) implements HttpResponse {
        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public String getStatusMessage() {
            return "";
        }

        @Override
        public byte[] getResponseBody() {
            return answer.content();
        }
    }
}
