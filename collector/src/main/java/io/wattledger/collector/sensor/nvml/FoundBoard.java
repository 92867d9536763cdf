package io.wattledger.collector.sensor.nvml;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/**
 * A board that NVML sees.
 *
 * @param index as NVML counts
 * @param handle for further questions
 * @param uuid {@code GPU-…}
 * @param name of its model
 * @param instances UUIDs of its MIG instances
 */
record FoundBoard(int index, Pointer handle, String uuid, String name, List<String> instances) {

    static FoundBoard at(NvmlLibrary nvml, int index) throws NvmlException {
        var handle = nvml.device(index);
        var instances = new ArrayList<String>();
        if (nvml.isInMigMode(handle)) {
            for (var instance : nvml.instances(handle)) {
                instances.add(nvml.uuid(instance));
            }
        }
        return new FoundBoard(index, handle, nvml.uuid(handle), nvml.name(handle), instances);
    }

    GpuSelection.Board choice() {
        return new GpuSelection.Board(index, uuid, instances);
    }
}
