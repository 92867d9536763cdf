package io.wattledger.cli.terminal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that may also be environment variables, by the same name in every command. An option that is given goes before
 * its variable; a variable that is empty counts as not set, as where a container's file of variables names it without a value.
 */
public final class Variables implements IDefaultValueProvider {
    private static final Map<String, String> NAMES = names(
            "--bootstrap-servers",
            "--schema-registry",
            "--client-config",
            "--listen",
            "--advertise",
            "--connectors",
            "--plugin-path",
            "--resident-collector");

    private final Map<String, String> environment;

    /** @param environment the variables there are */
    public Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    private static Map<String, String> names(String... options) {
        var names = new LinkedHashMap<String, String>();
        for (var option : options) {
            names.put(
                    option,
                    "WATTLEDGER_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
        }
        return Map.copyOf(names);
    }

    /**
     * The variable of an option, empty where it has none. {@code acls} prints without a cluster and changes the one it is
     * given, which must be meant: a variable that is there for other commands does not do.
     */
    public static Optional<String> of(ArgSpec argument) {
        return argument instanceof OptionSpec option && !option.command().name().equals("acls")
                ? Optional.ofNullable(NAMES.get(option.longestName()))
                : Optional.empty();
    }

    /** Leaves out all of them: a process on a cluster of our own making must not be told of another one. */
    public static void withhold(Map<String, String> environment) {
        environment.keySet().removeAll(NAMES.values());
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return of(argument)
                .map(environment::get)
                .filter(value -> !value.isBlank())
                .orElse(null);
    }
}
