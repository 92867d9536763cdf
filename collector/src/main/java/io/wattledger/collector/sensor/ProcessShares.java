package io.wattledger.collector.sensor;

import java.util.Map;

/** How much of a device each process has used; of devices such as GPUs, whose use processor time does not tell. */
@FunctionalInterface
public interface ProcessShares {
    /**
     * What processes have used since the last call, by name of the device and process id, in thousandths of the device's
     * time. A device that does not tell is absent; of one that does, processes that have not used it are.
     */
    Map<String, Map<Long, Integer>> sinceLast();
}
