package io.wattledger.collector.workload;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that was found.
 *
 * @param kind what it is: the name of a preset or of a pattern of the user
 * @param id what tells it from others of its kind
 * @param name its name, or null
 * @param user account it runs for, or null
 * @param namespace namespace of a pod, or null
 * @param project project that it names itself, or null
 * @param labels what else is known of it
 * @param environment environment of one of its processes; empty where it cannot be read
 */
record Workload(
        String kind,
        String id,
        @Nullable String name,
        @Nullable String user,
        @Nullable String namespace,
        @Nullable String project,
        Map<String, String> labels,
        Map<String, String> environment) {
    static final String LABEL = "label.";
    static final String ENVIRONMENT = "env.";

    Workload {
        labels = Map.copyOf(labels);
        environment = Map.copyOf(environment);
    }

    /** Whether there is a field of this name: kind, id, name, user, namespace, project, label.KEY or env.VARIABLE. */
    static boolean isField(String field) {
        return switch (field) {
            case "kind", "id", "name", "user", "namespace", "project" -> true;
            default -> isKeyed(field, LABEL) || isKeyed(field, ENVIRONMENT);
        };
    }

    /** What stands in a field; empty when nothing does. */
    Optional<String> field(String field) {
        return Optional.ofNullable(
                switch (field) {
                    case "kind" -> kind;
                    case "id" -> id;
                    case "name" -> name;
                    case "user" -> user;
                    case "namespace" -> namespace;
                    case "project" -> project;
                    default ->
                        isKeyed(field, LABEL)
                                ? labels.get(field.substring(LABEL.length()))
                                : environment.get(field.substring(ENVIRONMENT.length()));
                });
    }

    private static boolean isKeyed(String field, String prefix) {
        return field.startsWith(prefix) && field.length() > prefix.length();
    }
}
