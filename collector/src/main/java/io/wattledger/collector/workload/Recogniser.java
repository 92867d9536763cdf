package io.wattledger.collector.workload;

import java.util.Map;
import java.util.Optional;

/** Knows one kind of work by the paths of its control groups. */
interface Recogniser {
    /** Name of the kind. */
    String kind();

    /** What identifiers of its runs begin with. */
    default String runPrefix() {
        return kind();
    }

    /** The work that a control group belongs to. */
    Optional<GroupMatch> match(String group);

    /** Whether an environment is one that tells about the work. */
    default boolean tells(GroupMatch match, Map<String, String> environment) {
        return !environment.isEmpty();
    }

    /** The work, as far as its group and the environment of one of its processes tell. */
    Workload describe(GroupMatch match, Map<String, String> environment);

    /** Whether nothing more is to be hoped for from waiting a little. */
    default boolean complete(Workload workload) {
        return !workload.environment().isEmpty();
    }
}
