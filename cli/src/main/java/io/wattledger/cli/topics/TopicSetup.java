package io.wattledger.cli.topics;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates and checks the topics of {@link Topics} on one cluster. */
public final class TopicSetup implements AutoCloseable {
    private static final String CLEANUP = "cleanup.policy";

    /** How long news may take from the controller to the brokers. */
    private static final Duration NEWS = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String bootstrapServers;
    private final Admin admin;

    private TopicSetup(String bootstrapServers, Admin admin) {
        this.bootstrapServers = bootstrapServers;
        this.admin = admin;
    }

    /**
     * @param bootstrapServers addresses of the cluster
     * @param clientSettings further settings of the Kafka client, such as those for TLS and SASL
     */
    public static TopicSetup on(String bootstrapServers, Map<String, String> clientSettings) {
        var settings = new HashMap<String, Object>(clientSettings);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.putIfAbsent(AdminClientConfig.CLIENT_ID_CONFIG, "wattledger-topics");
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        try {
            return new TopicSetup(bootstrapServers, Admin.create(settings));
        } catch (RuntimeException e) {
            var reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new Failure("Cannot use the Kafka cluster at " + bootstrapServers + " (" + reason + ")", e);
        }
    }

    /** Creates the topics that are missing and returns their names; those that are there stay as they are. */
    public List<String> create(TopicLayout layout) {
        var there = await(admin.listTopics().names());
        var missing = Topics.all().stream()
                .filter(spec -> !there.contains(spec.name()))
                .toList();
        var results = admin.createTopics(missing.stream().map(layout::newTopic).toList())
                .values();
        for (var result : results.entrySet()) {
            try {
                result.getValue().get();
            } catch (ExecutionException e) {
                // Somebody else who starts at the same moment was quicker.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failed("create the topic " + result.getKey(), e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        awaitKnown(missing);
        return missing.stream().map(TopicSpec::name).toList();
    }

    /** The controller has created them; brokers hear of that a moment later. */
    private void awaitKnown(List<TopicSpec> created) {
        var names = created.stream().map(TopicSpec::name).toList();
        long deadline = System.nanoTime() + NEWS.toNanos();
        while (!describe().keySet().containsAll(names)) {
            if (System.nanoTime() > deadline) {
                throw new Failure("The Kafka cluster at " + bootstrapServers + " has created topics, but "
                        + NEWS.toSeconds()
                        + " s later its brokers do not know them yet; look at its controller, then try"
                        + " again");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /** What is wrong with the topics, one line each; empty when all is well. */
    public List<String> check() {
        var found = describe();
        var settings = settings(found.keySet());
        var problems = new ArrayList<String>();
        var missing = new ArrayList<String>();
        for (var spec : Topics.all()) {
            var actual = settings.get(spec.name());
            if (actual == null) {
                missing.add(spec.name());
            } else {
                check(spec, actual, problems);
            }
        }
        if (!missing.isEmpty()) {
            problems.add(
                    0,
                    "Topics are missing: " + String.join(", ", missing)
                            + ". Create them with `wattledger topics create`.");
        }
        checkPartitions(found, problems);
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        admin.close();
    }

    private static void check(TopicSpec spec, Config actual, List<String> problems) {
        for (var wanted : spec.settings().entrySet()) {
            var name = wanted.getKey();
            var value = actual.get(name).value();
            // A finite retention is the operator's choice; what is kept for ever must not begin to disappear.
            var matters = name.equals(CLEANUP) || (spec.retention() == null && !spec.compacted());
            if (matters && !value.equals(wanted.getValue())) {
                problems.add(
                        "Topic %s has %s=%s, needs %s; change it with `kafka-configs --alter --topic %s --add-config %s=%s`."
                                .formatted(
                                        spec.name(),
                                        name,
                                        value,
                                        wanted.getValue(),
                                        spec.name(),
                                        name,
                                        wanted.getValue()));
            }
        }
    }

    private static void checkPartitions(Map<String, TopicDescription> found, List<String> problems) {
        var byHost = new TreeMap<String, Integer>();
        for (var spec : Topics.all()) {
            var topic = found.get(spec.name());
            if (spec.byHost() && topic != null) {
                byHost.put(spec.name(), topic.partitions().size());
            }
        }
        if (byHost.values().stream().distinct().count() > 1) {
            var counts = byHost.entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(joining(", "));
            problems.add("Topics partitioned by host must have the same number of partitions, but have: " + counts
                    + ". Create the odd ones anew with the number of the others.");
        }
    }

    private Map<String, TopicDescription> describe() {
        var found = new HashMap<String, TopicDescription>();
        var names = Topics.all().stream().map(TopicSpec::name).toList();
        for (var topic : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                found.put(topic.getKey(), topic.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed("describe the topic " + topic.getKey(), e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return found;
    }

    private Map<String, Config> settings(Set<String> topics) {
        var resources = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return await(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(toMap(setting -> setting.getKey().name(), Map.Entry::getValue));
    }

    private <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failed("list the topics", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Failure failed(String attempt, ExecutionException e) {
        if (e.getCause() instanceof TimeoutException) {
            return new Failure(
                    "Cannot reach the Kafka cluster at " + bootstrapServers
                            + ": no answer in time. Check --bootstrap-servers (or WATTLEDGER_BOOTSTRAP_SERVERS), and"
                            + " that the cluster is up.",
                    e);
        }
        if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof AuthenticationException) {
            return ClusterFailure.of(bootstrapServers, e.getCause());
        }
        return new Failure(
                "Cannot " + attempt + " on the Kafka cluster at " + bootstrapServers + " (" + e.getMessage() + ")", e);
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failure("Interrupted while waiting for the Kafka cluster", e);
    }
}
