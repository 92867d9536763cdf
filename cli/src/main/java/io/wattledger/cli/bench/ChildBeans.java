package io.wattledger.cli.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The managed beans of a process that was started here. */
final class ChildBeans implements AutoCloseable {
    private final JMXConnector connector;

    private ChildBeans(JMXConnector connector) {
        this.connector = connector;
    }

    @SuppressWarnings("BanJNDI") // The address is that of a process we have started.
    static ChildBeans of(Child child) {
        try {
            var jvm = VirtualMachine.attach(Long.toString(child.pid()));
            try {
                var address = new JMXServiceURL(jvm.startLocalManagementAgent());
                return new ChildBeans(JMXConnectorFactory.connect(address));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw new Failure(
                    "Cannot ask the process " + child.pid() + " for its metrics (" + e
                            + "); the measurement needs a JDK on Linux",
                    e);
        }
    }

    /** Names that fit a pattern. */
    Set<ObjectName> names(String pattern) {
        try {
            return connector.getMBeanServerConnection().queryNames(new ObjectName(pattern), null);
        } catch (IOException | JMException e) {
            throw new Failure("Cannot read the metrics " + pattern + " (" + e + ")", e);
        }
    }

    /** An attribute that is a number. */
    double number(ObjectName name, String attribute) {
        try {
            return ((Number) connector.getMBeanServerConnection().getAttribute(name, attribute)).doubleValue();
        } catch (IOException | JMException e) {
            throw new Failure("Cannot read the metric " + attribute + " of " + name + " (" + e + ")", e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new Failure("Cannot close the connection to a process (" + e + ")", e);
        }
    }
}
