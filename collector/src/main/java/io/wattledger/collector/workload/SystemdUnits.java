package io.wattledger.collector.workload;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Services of systemd below {@code system.slice}. There are many on every host: they are runs only where a rule says so. */
final class SystemdUnits implements Recogniser {
    static final String KIND = "systemd";
    private static final Pattern PATH =
            Pattern.compile("(?<group>/system\\.slice/(?:[^/]+\\.slice/)*(?<id>[^/]+\\.service))(?:/.*)?");

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<GroupMatch> match(String group) {
        var matcher = PATH.matcher(group);
        return matcher.matches()
                ? Optional.of(new GroupMatch(matcher.group("group"), matcher.group("id"), Map.of()))
                : Optional.empty();
    }

    @Override
    public Workload describe(GroupMatch match, Map<String, String> environment) {
        return new Workload(
                kind(), match.id(), match.id(), null, null, null, Map.of("systemd.unit", match.id()), environment);
    }
}
