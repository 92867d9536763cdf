package io.wattledger.cli.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a broker says of its traffic: what was appended per topic since its start, by clients and by itself. */
final class BrokerTraffic implements AutoCloseable {
    private static final String METRIC_PER_TOPIC = "kafka.server:type=BrokerTopicMetrics,name=%s,topic=*";

    private final JMXConnector connector;

    private BrokerTraffic(JMXConnector connector) {
        this.connector = connector;
    }

    /** Asks the broker of that process. */
    @SuppressWarnings("BanJNDI") // The address is that of a process we have started.
    static BrokerTraffic of(Child broker) {
        try {
            var jvm = VirtualMachine.attach(Long.toString(broker.pid()));
            try {
                var address = new JMXServiceURL(jvm.startLocalManagementAgent());
                return new BrokerTraffic(JMXConnectorFactory.connect(address));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw new Failure(
                    "Cannot ask the broker, process " + broker.pid() + ", for its traffic (" + e
                            + "); the measurement needs a JDK on Linux",
                    e);
        }
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
        try {
            MBeanServerConnection broker = connector.getMBeanServerConnection();
            for (var name : broker.queryNames(new ObjectName(METRIC_PER_TOPIC.formatted(metric)), null)) {
                counts.put(name.getKeyProperty("topic"), (Long) broker.getAttribute(name, "Count"));
            }
            return counts;
        } catch (IOException | JMException e) {
            throw new Failure("Cannot read the broker's traffic (" + e + ")", e);
        }
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
        try {
            connector.close();
        } catch (IOException e) {
            throw new Failure("Cannot close the connection to the broker (" + e + ")", e);
        }
    }
}
