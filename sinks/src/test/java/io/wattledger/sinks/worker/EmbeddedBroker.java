package io.wattledger.sinks.worker;

import io.wattledger.testkit.KafkaEnvironment;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** A broker in this JVM, of Kafka's own test kit. Tests of sinks bring a schema registry along where they need one. */
final class EmbeddedBroker implements KafkaEnvironment {
    private final KafkaClusterTestKit broker;

    private EmbeddedBroker(KafkaClusterTestKit broker) {
        this.broker = broker;
    }

    static EmbeddedBroker start() {
        try {
            var broker = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                            .setCombined(true)
                            .setNumBrokerNodes(1)
                            .setNumControllerNodes(1)
                            .build())
                    .setConfigProp("offsets.topic.replication.factor", "1")
                    .setConfigProp("offsets.topic.num.partitions", "1")
                    .setConfigProp("transaction.state.log.replication.factor", "1")
                    .setConfigProp("transaction.state.log.min.isr", "1")
                    .setConfigProp("group.initial.rebalance.delay.ms", "0")
                    .setConfigProp("group.min.session.timeout.ms", "1000")
                    .build();
            broker.format();
            broker.startup();
            broker.waitForReadyBrokers();
            return new EmbeddedBroker(broker);
        } catch (Exception e) {
            throw new AssertionError("Cannot start a broker", e);
        }
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public String schemaRegistryUrl() {
        throw new UnsupportedOperationException("Tests of sinks bring their schema registry along");
    }

    @Override
    public void close() {
        try {
            broker.close();
        } catch (Exception e) {
            throw new AssertionError("Cannot stop the broker", e);
        }
    }
}
