package io.wattledger.cli.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The roles, and the least that each needs on a cluster whose topics were created beforehand. */
enum Access {
    collector("adds to its topics, and can read and do nothing else") {
        @Override
        List<Rule> rules(String applicationId) {
            return List.of(Rule.topics(names(Topics.POWER_SAMPLES, Topics.RUNS, Topics.HOSTS), WRITE));
        }
    },
    registry("keeps schemas in a topic of its own; not needed where another registry serves") {
        @Override
        List<Rule> rules(String applicationId) {
            return List.of(Rule.topics(List.of("_schemas"), CREATE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE));
        }
    },
    connect("writes intensities, and reads what sinks pass on") {
        @Override
        List<Rule> rules(String applicationId) {
            return List.of(
                    Rule.topics(all(), DESCRIBE, DESCRIBE_CONFIGS),
                    Rule.topics(
                            names(
                                    Topics.GRID_INTENSITY,
                                    Topics.GRID_DEFAULTS,
                                    Topics.GRID_FORECAST,
                                    Topics.FEED_STATES,
                                    Topics.DEAD_LETTERS),
                            WRITE),
                    Rule.topics(
                            names(
                                    Topics.EMISSIONS_LEDGER,
                                    Topics.EMISSIONS_HISTORY,
                                    Topics.RUN_EMISSIONS,
                                    Topics.DAILY_EMISSIONS,
                                    Topics.HOST_HOURS),
                            READ),
                    Rule.topicsThatBegin("wattledger-connect-", CREATE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE),
                    Rule.group("wattledger-connect", READ),
                    Rule.groupsThatBegin("connect-", READ));
        }
    },
    streams("reads samples and intensities, and writes the ledger") {
        @Override
        List<Rule> rules(String applicationId) {
            return List.of(
                    Rule.topics(all(), DESCRIBE, DESCRIBE_CONFIGS),
                    Rule.topics(
                            names(
                                    Topics.POWER_SAMPLES,
                                    Topics.RUNS,
                                    Topics.HOSTS,
                                    Topics.CORRECTIONS,
                                    Topics.GRID_INTENSITY,
                                    Topics.GRID_DEFAULTS,
                                    Topics.GRID_INTENSITY_FAN_OUT,
                                    Topics.GRID_DEFAULTS_FAN_OUT),
                            READ),
                    Rule.topics(
                            names(
                                    Topics.GRID_INTENSITY_FAN_OUT,
                                    Topics.GRID_DEFAULTS_FAN_OUT,
                                    Topics.GRID_FORECAST,
                                    Topics.ENERGY_LEDGER,
                                    Topics.EMISSIONS_LEDGER,
                                    Topics.EMISSIONS_HISTORY,
                                    Topics.RUN_EMISSIONS,
                                    Topics.DAILY_EMISSIONS,
                                    Topics.HOST_HOURS,
                                    Topics.LATE_SAMPLES,
                                    Topics.DEAD_LETTERS),
                            WRITE),
                    // Changelogs and repartition topics; records that are done with are deleted from the latter.
                    Rule.topicsThatBegin(applicationId + "-", CREATE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE, DELETE),
                    Rule.group(applicationId, READ),
                    Rule.transactionsThatBegin(applicationId + "-", WRITE, DESCRIBE));
        }
    },
    auditor("for audit: reads everything, and changes nothing") {
        @Override
        List<Rule> rules(String applicationId) {
            return List.of(
                    Rule.topics(all(), READ),
                    Rule.topicsThatBegin(applicationId + "-", READ),
                    Rule.group(applicationId, DESCRIBE));
        }
    },
    corrector("for correct: as the auditor, and puts past periods right") {
        @Override
        List<Rule> rules(String applicationId) {
            var rules = new ArrayList<>(auditor.rules(applicationId));
            rules.add(Rule.topics(names(Topics.CORRECTIONS), WRITE));
            return rules;
        }
    };

    private final String purpose;

    Access(String purpose) {
        this.purpose = purpose;
    }

    /** What it is for, in a sentence. */
    String purpose() {
        return purpose;
    }

    /** The account it has unless another one is named. */
    String principal() {
        return "User:wattledger-" + name();
    }

    /** @param applicationId of the streams application */
    abstract List<Rule> rules(String applicationId);

    private static List<String> names(TopicSpec... topics) {
        return Stream.of(topics).map(TopicSpec::name).toList();
    }

    private static List<String> all() {
        return Topics.all().stream().map(TopicSpec::name).toList();
    }
}
