package io.wattledger.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.testkit.Golden;
import java.time.Duration;
import java.util.HashSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void areDescribedInTheDocs() {
        var page = new StringBuilder("""
                # Topics

                Written by a test from the catalogue, `io.wattledger.schemas.topic.Topics`; see [schemas.md](schemas.md) for how
                keys and values are written. *By host*: partitioned by the host, whatever the key is, and all such topics have
                the same number of partitions, fixed at installation.

                | Topic | Key | Value | Partitions | Keeps | What it holds |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (var topic : Topics.all()) {
            page.append("| `%s` | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            topic.name(),
                            type(topic.key()),
                            type(topic.value()),
                            topic.byHost() ? "by host" : "by key",
                            kept(topic),
                            topic.purpose()));
        }
        Golden.check("docs/topics.md", page.toString().replace(System.lineSeparator(), "\n"));
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> "text";
            case BYTES -> "as it came";
            default -> schema.getName();
        };
    }

    private static String kept(TopicSpec topic) {
        var retention = topic.retention();
        if (topic.compacted()) {
            return "the newest per key" + (retention == null ? "" : ", " + days(retention));
        }
        return retention == null ? "everything, for ever" : "everything, " + days(retention);
    }

    private static String days(Duration retention) {
        return retention.toDays() + " days";
    }

    @Test
    void haveNamesOfTheirOwn() {
        var names = new HashSet<String>();

        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(names.add(topic.name())).isTrue());
    }
}
