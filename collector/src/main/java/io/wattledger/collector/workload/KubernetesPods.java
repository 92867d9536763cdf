package io.wattledger.collector.workload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pods of Kubernetes, by the groups that the kubelet makes with its cgroup driver systemd
 * ({@code /kubepods.slice/…/kubepods-burstable-podUID.slice}) or cgroupfs ({@code /kubepods/burstable/podUID}). The UID of a
 * static pod is the hash of its manifest.
 */
final class KubernetesPods implements Recogniser {
    private static final Pattern PATH = Pattern.compile("(?<group>/.*kubepods[^/]*/(?:[^/]+/)*(?:[^/]*-)?pod"
            + "(?<id>[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})(?:\\.slice)?)(?:/.*)?");

    private final PodList pods;

    KubernetesPods(PodList pods) {
        this.pods = pods;
    }

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public String runPrefix() {
        return "pod";
    }

    @Override
    public Optional<GroupMatch> match(String group) {
        var matcher = PATH.matcher(group);
        return matcher.matches()
                ? Optional.of(new GroupMatch(
                        matcher.group("group"), matcher.group("id").replace('_', '-'), Map.of()))
                : Optional.empty();
    }

    @Override
    public boolean tells(GroupMatch match, Map<String, String> environment) {
        return environment.containsKey("POD_NAME") || environment.containsKey("HOSTNAME");
    }

    /** Names from the kubelet, else by the downward API, as far as its usual variable names are used. */
    @Override
    public Workload describe(GroupMatch match, Map<String, String> environment) {
        var pod = pods.find(match.id());
        var name = pod.map(PodList.Pod::name)
                .or(() -> Optional.ofNullable(environment.get("POD_NAME")))
                .or(() -> Optional.ofNullable(environment.get("HOSTNAME")))
                .orElse(null);
        var namespace = pod.map(PodList.Pod::namespace)
                .or(() -> Optional.ofNullable(environment.get("POD_NAMESPACE")))
                .orElse(null);
        var labels =
                new LinkedHashMap<String, String>(pod.map(PodList.Pod::labels).orElse(Map.of()));
        labels.put("kubernetes.pod.uid", match.id());
        if (namespace != null) {
            labels.put("kubernetes.namespace", namespace);
        }
        return new Workload(kind(), match.id(), name, null, namespace, namespace, labels, environment);
    }

    @Override
    public boolean complete(Workload workload) {
        return workload.namespace() != null;
    }
}
