package io.wattledger.cli.access;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.resource.PatternType;

/** Rules as commands for Kafka's own tool. */
final class AclText {
    private static final String COMMAND =
            "kafka-acls --bootstrap-server $BOOTSTRAP_SERVERS --command-config $ADMIN_PROPERTIES --add";

    private AclText() {}

    static void print(Set<Access> roles, Function<Access, String> principal, String applicationId, PrintWriter out) {
        out.println(
                "# Set BOOTSTRAP_SERVERS, and ADMIN_PROPERTIES to a file with the client settings of an administrator.");
        for (var role : roles) {
            out.println();
            out.println("# " + role.name() + ": " + role.purpose());
            role.rules(applicationId).forEach(rule -> out.println(command(principal.apply(role), rule)));
        }
        out.flush();
    }

    private static String command(String principal, Rule rule) {
        var command = new StringBuilder(COMMAND)
                .append(" --allow-principal '")
                .append(principal)
                .append("'");
        rule.operations().forEach(operation -> command.append(" --operation ").append(camelCase(operation.name())));
        if (rule.pattern() == PatternType.PREFIXED) {
            command.append(" --resource-pattern-type prefixed");
        }
        var option = " --" + rule.type().name().toLowerCase(Locale.ROOT).replace('_', '-') + " '";
        rule.names().forEach(name -> command.append(option).append(name).append("'"));
        return command.toString();
    }

    /** As the tool writes operations: {@code DescribeConfigs}. */
    private static String camelCase(String name) {
        var words = new StringBuilder();
        for (var word : name.split("_")) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }
}
