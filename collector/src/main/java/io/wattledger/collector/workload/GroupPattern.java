package io.wattledger.collector.workload;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Work that the user knows by a regular expression. What it matches from the start of a path is the group; its named groups
 * are the fields of the work: id, which must be there, name, user, namespace, project, and any other is a label.
 */
final class GroupPattern implements Recogniser {
    private static final Pattern NAMED = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private final String kind;
    private final Pattern pattern;
    private final Set<String> names = new LinkedHashSet<>();

    /** @throws IllegalArgumentException when it is no regular expression or names no id */
    GroupPattern(String kind, String regex) {
        this.kind = kind;
        pattern = Pattern.compile(regex);
        var named = NAMED.matcher(regex);
        while (named.find()) {
            names.add(named.group(1));
        }
        if (!names.contains("id")) {
            throw new IllegalArgumentException("No named group (?<id>…), by which one is told from the other");
        }
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Optional<GroupMatch> match(String group) {
        var matcher = pattern.matcher(group);
        if (!matcher.lookingAt() || matcher.group("id") == null || !endsAName(group, matcher.end())) {
            return Optional.empty();
        }
        var captured = new HashMap<String, String>();
        for (var name : names) {
            var value = matcher.group(name);
            if (value != null) {
                captured.put(name, value);
            }
        }
        return Optional.of(new GroupMatch(group.substring(0, matcher.end()), matcher.group("id"), captured));
    }

    @Override
    public Workload describe(GroupMatch match, Map<String, String> environment) {
        var labels = new HashMap<>(match.captured());
        labels.remove("id");
        @Nullable String name = labels.remove("name");
        @Nullable String user = labels.remove("user");
        @Nullable String namespace = labels.remove("namespace");
        @Nullable String project = labels.remove("project");
        return new Workload(kind, match.id(), name, user, namespace, project, labels, environment);
    }

    private static boolean endsAName(String group, int end) {
        return end == group.length() || group.charAt(end) == '/';
    }
}
