package io.wattledger.collector.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Containers of Docker, containerd and Podman, by the groups of their drivers systemd ({@code docker-ID.scope}) and cgroupfs
 * ({@code /docker/ID}).
 */
final class Containers implements Recogniser {
    private static final String ID = "(?<id>[0-9a-f]{64})";
    private static final List<Pattern> PATHS = List.of(
            Pattern.compile("(?<group>/.*?(?<runtime>docker|cri-containerd|nerdctl|containerd|crio|libpod)-" + ID
                    + "\\.scope)(?:/.*)?"),
            Pattern.compile("(?<group>/.*?(?<runtime>docker|moby|default|libpod)[/-]" + ID + ")(?:/.*)?"));
    private static final int SHORT_ID = 12;

    /** Variables of the process with which runc makes a container, before it becomes what runs in it. */
    private static final String OF_RUNC = "_LIBCONTAINER_";

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public Optional<GroupMatch> match(String group) {
        for (var path : PATHS) {
            var matcher = path.matcher(group);
            if (matcher.matches()) {
                var captured = Map.of("container", matcher.group("id"), "runtime", matcher.group("runtime"));
                return Optional.of(new GroupMatch(
                        matcher.group("group"), matcher.group("id").substring(0, SHORT_ID), captured));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean tells(GroupMatch match, Map<String, String> environment) {
        return isOfContainer(environment);
    }

    @Override
    public boolean complete(Workload workload) {
        return isOfContainer(workload.environment());
    }

    private static boolean isOfContainer(Map<String, String> environment) {
        return !environment.isEmpty() && environment.keySet().stream().noneMatch(name -> name.startsWith(OF_RUNC));
    }

    @Override
    public Workload describe(GroupMatch match, Map<String, String> environment) {
        var labels = Map.of(
                "container.id", match.captured().getOrDefault("container", match.id()),
                "container.runtime", match.captured().getOrDefault("runtime", "docker"));
        return new Workload(kind(), match.id(), match.id(), null, null, null, labels, environment);
    }
}
