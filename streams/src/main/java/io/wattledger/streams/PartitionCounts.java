package io.wattledger.streams;

import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of partitions is fixed at installation: the state of a host is in its partition, and would be looked for in
 * another one. Kafka Streams refuses to go on when topics were given more, and would do so for ever.
 */
final class PartitionCounts {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionCounts.class);
    private static final long PATIENCE_SECONDS = 10;

    private PartitionCounts() {}

    /** What is wrong with them; empty when nothing is, or nobody answers. */
    static Optional<String> trouble(Map<String, Object> adminSettings, String applicationId) {
        try (var admin = Admin.create(adminSettings)) {
            var existing = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            var changelog = applicationId + "-hosts-changelog";
            var names = Topics.all().stream()
                    .filter(TopicSpec::byHost)
                    .map(TopicSpec::name)
                    .filter(existing::contains)
                    .toList();
            if (!existing.contains(changelog) || names.isEmpty()) {
                return Optional.empty();
            }
            return trouble(
                    counts(admin, names), counts(admin, List.of(changelog)).getOrDefault(changelog, 0));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The numbers of partitions could not be compared", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> trouble(Map<String, Integer> counts, Integer installed) {
        var other = new TreeMap<>(counts);
        other.values().removeIf(installed::equals);
        return other.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "This ledger was installed with " + installed + " partitions, and now topics have others: "
                                + other
                                + ". Their number is fixed at installation; for another one, set up a new ledger with an "
                                + LedgerConfig.APPLICATION_ID + " of its own on topics that all have that number");
    }

    private static Map<String, Integer> counts(Admin admin, List<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        var counts = new TreeMap<String, Integer>();
        for (TopicDescription topic : admin.describeTopics(topics)
                .allTopicNames()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .values()) {
            counts.put(topic.name(), topic.partitions().size());
        }
        return counts;
    }
}
