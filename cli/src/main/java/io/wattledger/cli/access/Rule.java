package io.wattledger.cli.access;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What may be done with some things of a cluster.
 *
 * @param type what they are
 * @param pattern whether they have these names, or names that begin like that
 * @param names their names, or how they begin
 * @param operations what may be done
 */
record Rule(ResourceType type, PatternType pattern, List<String> names, List<AclOperation> operations) {
    private static final String EVERYWHERE = "*";

    static Rule topics(List<String> names, AclOperation... operations) {
        return new Rule(ResourceType.TOPIC, PatternType.LITERAL, names, List.of(operations));
    }

    static Rule topicsThatBegin(String prefix, AclOperation... operations) {
        return new Rule(ResourceType.TOPIC, PatternType.PREFIXED, List.of(prefix), List.of(operations));
    }

    static Rule group(String name, AclOperation... operations) {
        return new Rule(ResourceType.GROUP, PatternType.LITERAL, List.of(name), List.of(operations));
    }

    static Rule groupsThatBegin(String prefix, AclOperation... operations) {
        return new Rule(ResourceType.GROUP, PatternType.PREFIXED, List.of(prefix), List.of(operations));
    }

    static Rule transactionsThatBegin(String prefix, AclOperation... operations) {
        return new Rule(ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, List.of(prefix), List.of(operations));
    }

    /** As Kafka keeps it. */
    Stream<AclBinding> bindings(String principal) {
        return names.stream().flatMap(name -> operations.stream()
                .map(operation -> new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry(principal, EVERYWHERE, operation, AclPermissionType.ALLOW))));
    }
}
