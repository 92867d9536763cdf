package io.wattledger.sinks.logging.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.List;

/**
 * Gives the SDK our sender where it would look for one among services, which depends on class loaders that differ from
 * worker to worker.
 */
final class SenderLoader implements ComponentLoader {
    private final HttpSenderProvider provider;

    SenderLoader(OtlpSender sender) {
        provider = sender::in;
    }

    @Override
    public <T> Iterable<T> load(Class<T> service) {
        return service == HttpSenderProvider.class ? List.of(service.cast(provider)) : List.of();
    }
}
