package io.wattledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine.Help.Ansi;

/** A command run in this JVM. */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = Main.commandLine()
                .setColorScheme(picocli.CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /**
     * Creates the topics on a cluster of one broker, by the command that users have for it.
     *
     * @param hostPartitions partitions of the topics that are partitioned by host
     * @param otherPartitions partitions of the others
     */
    public static void createTopics(String bootstrapServers, int hostPartitions, int otherPartitions) {
        var create = of(
                "topics",
                "create",
                "--bootstrap-servers",
                bootstrapServers,
                "--partitions",
                Integer.toString(hostPartitions),
                "--other-partitions",
                Integer.toString(otherPartitions),
                "--replication-factor",
                "1");
        assertThat(create.exitCode()).as(create.out() + create.err()).isZero();
    }
}
