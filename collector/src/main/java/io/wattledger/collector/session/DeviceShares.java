package io.wattledger.collector.session;

import io.wattledger.collector.process.RunUsage;
import io.wattledger.collector.sensor.ProcessShares;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much each run has used of devices whose use processor time does not tell. Guarded by the session's lock. */
final class DeviceShares {
    private final List<ProcessShares> devices;
    private final RunUsage usage;

    DeviceShares(List<ProcessShares> devices, RunUsage usage) {
        this.devices = List.copyOf(devices);
        this.usage = usage;
    }

    /** By run and device, in thousandths of the device's time since the last call. */
    Map<String, Map<String, Integer>> sinceLast() {
        if (devices.isEmpty()) {
            return Map.of();
        }
        var runs = usage.runsByProcess();
        var shares = new HashMap<String, Map<String, Integer>>();
        for (var source : devices) {
            source.sinceLast()
                    .forEach((device, processes) -> processes.forEach((pid, thousandths) -> {
                        var run = runs.get(pid);
                        if (run != null) {
                            shares.computeIfAbsent(run, first -> new HashMap<>())
                                    .merge(device, thousandths, Integer::sum);
                        }
                    }));
        }
        return shares;
    }
}
