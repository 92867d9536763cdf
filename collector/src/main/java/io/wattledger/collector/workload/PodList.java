package io.wattledger.collector.workload;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods of this host as the kubelet lists them: a {@code PodList} of the Kubernetes API, version v1. It is asked again
 * when a pod turns up that it has not told of, at most every few seconds. Not thread-safe.
 */
final class PodList {
    private static final Logger LOG = LoggerFactory.getLogger(PodList.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Annotation that has the UID by which a static pod's groups are called. */
    private static final String CONFIG_HASH = "kubernetes.io/config.hash";

    /** A pod. */
    record Pod(String namespace, String name, Map<String, String> labels) {}

    /** Where the list is. */
    interface Source {
        InputStream open() throws IOException;
    }

    record Listed(@Nullable List<Item> items) {
        /** Made with the first list, as it takes a megabyte that hosts without pods do without. */
        private static final ObjectReader READER = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .readerFor(Listed.class);
    }

    record Item(@Nullable Metadata metadata) {}

    record Metadata(
            @Nullable String uid,
            @Nullable String namespace,
            @Nullable String name,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations) {}

    private final @Nullable Source source;
    private final LongSupplier nanoTime;
    private Map<String, Pod> pods = Map.of();
    private boolean asked;
    private long askedNanos;
    private boolean failing;

    /** @param source null when nothing lists the pods */
    PodList(@Nullable Source source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    Optional<Pod> find(String uid) {
        long now = nanoTime.getAsLong();
        if (!pods.containsKey(uid) && source != null && (!asked || now - askedNanos >= PATIENCE.toNanos())) {
            asked = true;
            askedNanos = now;
            ask(source);
        }
        return Optional.ofNullable(pods.get(uid));
    }

    private void ask(Source from) {
        try (var in = from.open()) {
            pods = parse(in);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "Cannot read the list of pods: {}; pods are called as their environment or their UID says until it"
                                + " can be read",
                        e.getMessage());
            }
            failing = true;
        }
    }

    /** By UID. */
    static Map<String, Pod> parse(InputStream json) throws IOException {
        Listed listed = Listed.READER.readValue(json);
        if (listed.items() == null) {
            throw new IOException("It has no items: not a PodList of the Kubernetes API");
        }
        var pods = new HashMap<String, Pod>();
        for (var item : listed.items()) {
            var data = item.metadata();
            if (data != null && data.uid() != null && data.name() != null) {
                var labels = data.labels() == null ? Map.<String, String>of() : data.labels();
                var pod = new Pod(data.namespace() == null ? "default" : data.namespace(), data.name(), labels);
                pods.put(data.uid(), pod);
                var hash =
                        data.annotations() == null ? null : data.annotations().get(CONFIG_HASH);
                if (hash != null) {
                    pods.put(hash, pod);
                }
            }
        }
        return pods;
    }
}
