package io.wattledger.cli.bench;

import java.util.Map;
import java.util.TreeMap;

/** What a broker says of its traffic: what was appended per topic since its start, by clients and by itself. */
final class BrokerTraffic implements AutoCloseable {
    private static final String METRIC_PER_TOPIC = "kafka.server:type=BrokerTopicMetrics,name=%s,topic=*";

    private final ChildBeans beans;

    private BrokerTraffic(ChildBeans beans) {
        this.beans = beans;
    }

    /** Asks the broker of that process. */
    static BrokerTraffic of(Child broker) {
        return new BrokerTraffic(ChildBeans.of(broker));
    }

    /** Bytes per topic, as they were sent, which is compressed. */
    Map<String, Long> bytes() {
        return counts("BytesInPerSec");
    }

    /** Bytes per topic that clients have read. */
    Map<String, Long> bytesRead() {
        return counts("BytesOutPerSec");
    }

    /** Records per topic, the ends of transactions included. */
    Map<String, Long> records() {
        return counts("MessagesInPerSec");
    }

    private Map<String, Long> counts(String metric) {
        var counts = new TreeMap<String, Long>();
        for (var name : beans.names(METRIC_PER_TOPIC.formatted(metric))) {
            counts.put(name.getKeyProperty("topic"), (long) beans.number(name, "Count"));
        }
        return counts;
    }

    /** What came between two readings, without the topics where nothing did. */
    static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
        var bytes = new TreeMap<String, Long>();
        after.forEach((topic, count) -> {
            long more = count - before.getOrDefault(topic, 0L);
            if (more > 0) {
                bytes.put(topic, more);
            }
        });
        return bytes;
    }

    @Override
    public void close() {
        beans.close();
    }
}
