package io.wattledger.collector.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of Slurm, by the groups that its plugins cgroup/v1 ({@code /slurm/uid_U/job_J}) and cgroup/v2
 * ({@code /system.slice/slurmstepd.scope/job_J}) make. With several slurmd on a host their names are part of the path.
 */
final class SlurmJobs implements Recogniser {
    private static final List<Pattern> PATHS = List.of(
            Pattern.compile("(?<group>/slurm(?:_[^/]+)?/uid_(?<uid>\\d+)/job_(?<id>\\d+))(?:/.*)?"),
            Pattern.compile("(?<group>/(?:[^/]+/)*(?:[^/]+_)?slurmstepd\\.scope/job_(?<id>\\d+))(?:/.*)?"));

    @Override
    public String kind() {
        return "slurm";
    }

    @Override
    public Optional<GroupMatch> match(String group) {
        for (var path : PATHS) {
            var matcher = path.matcher(group);
            if (matcher.matches()) {
                var uid = path.pattern().contains("<uid>")
                        ? Map.of("uid", matcher.group("uid"))
                        : Map.<String, String>of();
                return Optional.of(new GroupMatch(matcher.group("group"), matcher.group("id"), uid));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean tells(GroupMatch match, Map<String, String> environment) {
        return match.id().equals(environment.get("SLURM_JOB_ID"));
    }

    @Override
    public Workload describe(GroupMatch match, Map<String, String> environment) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("slurm.job", match.id());
        label("slurm.account", environment.get("SLURM_JOB_ACCOUNT"), labels);
        label("slurm.partition", environment.get("SLURM_JOB_PARTITION"), labels);
        label("slurm.array.job", environment.get("SLURM_ARRAY_JOB_ID"), labels);
        label("slurm.array.task", environment.get("SLURM_ARRAY_TASK_ID"), labels);
        var uid = match.captured().get("uid");
        var user = environment.get("SLURM_JOB_USER");
        return new Workload(
                kind(),
                match.id(),
                environment.get("SLURM_JOB_NAME"),
                user == null ? uid : user,
                null,
                environment.get("SLURM_JOB_ACCOUNT"),
                labels,
                environment);
    }

    private static void label(String label, @Nullable String value, Map<String, String> labels) {
        if (value != null) {
            labels.put(label, value);
        }
    }
}
