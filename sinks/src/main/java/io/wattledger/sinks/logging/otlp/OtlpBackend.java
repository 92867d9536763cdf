package io.wattledger.sinks.logging.otlp;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.logging.LinesRefusedException;
import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URI;
import java.util.List;

/** A backend that takes logs in OTLP. */
final class OtlpBackend implements LogBackend {
    private final OtlpRecords records;
    private final OtlpSender sender;
    private final OtlpHttpLogRecordExporter exporter;

    OtlpBackend(HttpSender http, URI address, String compression, Resource resource) {
        records = new OtlpRecords(resource);
        sender = new OtlpSender(http, address);
        exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(address.toString())
                .setCompression(compression)
                // A failed batch is tried again by the task, which also keeps its order.
                .setRetryPolicy(null)
                .setComponentLoader(new SenderLoader(sender))
                .build();
    }

    @Override
    public void send(List<LogLine> lines) throws LinesRefusedException, TargetUnavailableException {
        export(lines.stream().map(records::of).toList());
    }

    private void export(List<LogRecordData> batch) throws LinesRefusedException, TargetUnavailableException {
        // The sender has the answer before it returns, so nothing is waited for.
        var result = exporter.export(batch);
        var answer = sender.takeAnswer();
        if (!result.isSuccess()) {
            throw LinesRefusedException.none(answer.summary());
        }
        var partial = PartialSuccess.of(answer.content());
        if (partial.rejected() > 0) {
            throw LinesRefusedException.some("Sent " + batch.size() + " lines, of which the backend rejected "
                    + partial.rejected() + " without saying which (" + partial.message() + "); it has the others");
        }
    }

    @Override
    public void close() {
        exporter.shutdown();
        records.close();
    }
}
