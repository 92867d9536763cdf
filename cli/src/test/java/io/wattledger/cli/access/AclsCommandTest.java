package io.wattledger.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandRun;
import org.junit.jupiter.api.Test;

class AclsCommandTest {
    @Test
    void printsCommandsOfKafkasTool() {
        var acls =
                CommandRun.of("acls", "--role", "streams", "--application-id", "mine", "--principal", "streams=User:x");
        assertThat(acls.exitCode()).as(acls.err()).isZero();
        assertThat(acls.out())
                .contains(
                        "--allow-principal 'User:x' --operation Read --group 'mine'",
                        "--operation Write --operation Describe --resource-pattern-type prefixed --transactional-id 'mine-'",
                        "--operation DescribeConfigs")
                .doesNotContain("wattledger-collector", "wattledger-ledger");
    }

    @Test
    void theCollectorMayOnlyAddToItsTopics() {
        assertThat(CommandRun.of("acls", "--role", "collector").out().lines())
                .filteredOn(line -> line.startsWith("kafka-acls"))
                .singleElement()
                .asString()
                .endsWith("--operation Write --topic 'power-samples' --topic 'runs' --topic 'hosts'");
    }

    @Test
    void saysWhichClusterCannotBeReached() {
        var acls = CommandRun.of("acls", "--bootstrap-servers", "localhost:1");
        assertThat(acls.exitCode()).isEqualTo(1);
        assertThat(acls.err().lines()).singleElement().asString().contains("Cannot reach", "localhost:1");
    }
}
