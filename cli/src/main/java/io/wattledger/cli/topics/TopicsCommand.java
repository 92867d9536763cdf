package io.wattledger.cli.topics;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger topics}. */
@Command(
        name = "topics",
        description = "Create or check the topics on a Kafka cluster of your own.",
        synopsisSubcommandLabel = "(create | check)",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.Check.class})
public final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: create or check");
    }

    @Command(
            name = "create",
            description = {
                "Create the topics that are missing, then check all of them.",
                "Topics that are there are never changed."
            })
    static final class Create implements Callable<Integer> {
        @Mixin
        private ClusterOptions cluster;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                defaultValue = "12",
                description = "Partitions of the topics that are partitioned by host, and so the greatest number of"
                        + " streams tasks. Fixed once they exist: choose generously. Default: ${DEFAULT-VALUE}.")
        private int partitions;

        @Option(
                names = "--other-partitions",
                paramLabel = "N",
                defaultValue = "4",
                description = "Partitions of the other topics. Default: ${DEFAULT-VALUE}.")
        private int otherPartitions;

        @Option(
                names = "--replication-factor",
                paramLabel = "N",
                defaultValue = "3",
                description = "Copies of each partition. Default: ${DEFAULT-VALUE}.")
        private short replicas;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (partitions < 1 || otherPartitions < 1 || replicas < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--partitions %d, --other-partitions %d and --replication-factor %d must be at least 1"
                                .formatted(partitions, otherPartitions, replicas));
            }
            try (var topics = TopicSetup.on(cluster.bootstrapServers(), cluster.clientSettings())) {
                var out = spec.commandLine().getOut();
                var created = topics.create(new TopicLayout(partitions, otherPartitions, replicas));
                created.forEach(name -> out.println("created " + name));
                return report(topics, out);
            }
        }
    }

    @Command(
            name = "check",
            description = "Check that all topics are there with the right settings; exit code 1 when not.")
    static final class Check implements Callable<Integer> {
        @Mixin
        private ClusterOptions cluster;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (var topics = TopicSetup.on(cluster.bootstrapServers(), cluster.clientSettings())) {
                return report(topics, spec.commandLine().getOut());
            }
        }
    }

    private static int report(TopicSetup topics, PrintWriter out) {
        var problems = topics.check();
        problems.forEach(out::println);
        if (problems.isEmpty()) {
            out.println("All topics are there, with the right settings.");
        }
        return problems.isEmpty() ? 0 : 1;
    }
}
