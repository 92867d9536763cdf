package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Shutdown;
import io.wattledger.cli.topics.TopicSetup;
import java.io.PrintWriter;

/** A process that is one role, until it is told to end. */
final class RoleProcess {
    private RoleProcess() {}

    /**
     * Prints one line once the role serves, with where it listens.
     *
     * @throws Failure when the role cannot go on
     */
    static void run(String name, Role.Starter<?> starter, RoleContext context, PrintWriter out)
            throws InterruptedException {
        try (var shutdown = Shutdown.onSignal();
                var role = starter.start(context)) {
            ready(name, role.url(), out);
            var stopped = role.stopped();
            stopped.thenRun(shutdown::tell);
            shutdown.await();
            if (stopped.isDone()) {
                throw new Failure(stopped.join());
            }
        }
    }

    static void runBroker(DataDirectory directory, int port, int advertisedPort, PrintWriter out)
            throws InterruptedException {
        try (var shutdown = Shutdown.onSignal();
                var broker = EmbeddedBroker.start(directory.broker(), port, advertisedPort)) {
            ready("broker", broker.bootstrapServers(), out);
            shutdown.await();
        }
    }

    /** Says at once what is amiss with the cluster; Connect and Streams would go on trying, or end without a word. */
    static void requireTopics(RoleContext context) {
        try (var topics = TopicSetup.on(context.bootstrapServers(), context.clientSettings())) {
            var problems = topics.check();
            if (!problems.isEmpty()) {
                throw new Failure("The Kafka cluster at " + context.bootstrapServers() + " is not ready: "
                        + String.join(" ", problems));
            }
        }
    }

    private static void ready(String name, String address, PrintWriter out) {
        out.println(name + " ready at " + address);
        out.flush();
    }
}
