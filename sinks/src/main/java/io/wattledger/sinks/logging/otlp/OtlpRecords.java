package io.wattledger.sinks.logging.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.wattledger.schemas.connect.BuildVersion;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.logging.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Lines as OpenTelemetry's log records, made by its SDK. */
final class OtlpRecords implements AutoCloseable {
    /** Before the name of every attribute that no semantic convention names. */
    private static final String NAMESPACE = "wattledger.";

    /** <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/log/">Semantic conventions</a>. */
    private static final AttributeKey<String> UID = AttributeKey.stringKey("log.record.uid");

    private final List<LogRecordData> made = new ArrayList<>();
    private final SdkLoggerProvider provider;
    private final Logger logger;

    OtlpRecords(Resource resource) {
        provider = SdkLoggerProvider.builder()
                .setResource(resource)
                // A run has as many labels as its user gives it.
                .setLogLimits(() -> LogLimits.builder()
                        .setMaxNumberOfAttributes(Integer.MAX_VALUE)
                        .build())
                .addLogRecordProcessor((context, record) -> made.add(record.toLogRecordData()))
                .build();
        logger = provider.loggerBuilder("io.wattledger.sinks")
                .setInstrumentationVersion(BuildVersion.text())
                .build();
    }

    LogRecordData of(LogLine line) {
        logger.logRecordBuilder()
                .setContext(Context.root())
                .setTimestamp(line.time())
                .setSeverity(severity(line.severity()))
                .setSeverityText(line.severity().name())
                .setEventName(NAMESPACE + line.event())
                .setBody(line.text())
                .setAllAttributes(attributes(line))
                .emit();
        return made.remove(made.size() - 1);
    }

    private static io.opentelemetry.api.logs.Severity severity(Severity severity) {
        return switch (severity) {
            case INFO -> io.opentelemetry.api.logs.Severity.INFO;
            case NOTICE -> io.opentelemetry.api.logs.Severity.INFO2;
            case WARN -> io.opentelemetry.api.logs.Severity.WARN;
        };
    }

    private static Attributes attributes(LogLine line) {
        var attributes = Attributes.builder();
        attributes.put(UID, line.id());
        line.attributes().properties().forEach(entry -> put(attributes, NAMESPACE + entry.getKey(), entry.getValue()));
        return attributes.build();
    }

    private static void put(AttributesBuilder attributes, String name, JsonNode value) {
        if (value.isIntegralNumber()) {
            attributes.put(name, value.longValue());
        } else if (value.isNumber()) {
            attributes.put(name, value.doubleValue());
        } else if (value.isBoolean()) {
            attributes.put(name, value.booleanValue());
        } else if (value.isTextual()) {
            attributes.put(name, value.textValue());
        } else if (StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)) {
            attributes.put(
                    name,
                    StreamSupport.stream(value.spliterator(), false)
                            .map(JsonNode::textValue)
                            .toArray(String[]::new));
        } else {
            attributes.put(name, value.toString());
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
