package io.wattledger.cli.access;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.topics.ClientConfigOption;
import io.wattledger.cli.topics.ClusterFailure;
import io.wattledger.streams.LedgerConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattledger acls}. */
@Command(
        name = "acls",
        description = {
            "Print what each role must be allowed on a Kafka cluster of your own, and no more, as kafka-acls commands.",
            "With --bootstrap-servers, create these ACLs on that cluster."
        })
public final class AclsCommand implements Callable<Integer> {
    @Option(
            names = "--role",
            split = ",",
            paramLabel = "ROLE",
            description = "Only these: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Access> roles = EnumSet.allOf(Access.class);

    @Option(
            names = "--principal",
            paramLabel = "ROLE=PRINCIPAL",
            description = "Account of a role. Default: User:wattledger-ROLE. May be given again.")
    private Map<Access, String> principals = new EnumMap<>(Access.class);

    @Option(
            names = "--application-id",
            paramLabel = "ID",
            description = "application.id of the streams application, where it is not the default.")
    private @Nullable String applicationId;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,…",
            description = "Addresses of the Kafka cluster to create them on.")
    private @Nullable String bootstrapServers;

    @Mixin
    private ClientConfigOption clientConfig;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (bootstrapServers == null) {
            AclText.print(roles, this::principal, application(), out);
        } else {
            create(bootstrapServers, out);
        }
        return 0;
    }

    private String principal(Access role) {
        return principals.getOrDefault(role, role.principal());
    }

    private String application() {
        return applicationId == null ? LedgerConfig.DEFAULT_APPLICATION_ID : applicationId;
    }

    private void create(String cluster, PrintWriter out) {
        var settings = new HashMap<String, Object>(clientConfig.settings());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        try (var admin = Admin.create(settings)) {
            for (var role : roles) {
                var acls = acls(role);
                admin.createAcls(acls).all().get();
                out.println("%s (%s): %d ACLs are in place".formatted(role.name(), principal(role), acls.size()));
            }
        } catch (ExecutionException e) {
            throw failed(cluster, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while creating ACLs", e);
        }
    }

    private static Failure failed(String cluster, Throwable cause) {
        if (cause instanceof SecurityDisabledException) {
            return new Failure(
                    "The Kafka cluster at " + cluster + " keeps no ACLs (" + cause.getMessage()
                            + "); set authorizer.class.name on its brokers",
                    cause);
        }
        return ClusterFailure.of(cluster, cause);
    }

    private List<AclBinding> acls(Access role) {
        var acls = new ArrayList<AclBinding>();
        role.rules(application()).forEach(rule -> rule.bindings(principal(role)).forEach(acls::add));
        return acls;
    }
}
