package io.wattledger.collector.sensor;

import java.util.List;

/** Knows the makes of the GPUs that it measures. */
public interface GpuModels {
    /** One name per GPU that is measured, as its driver calls it, several of a kind each for itself. */
    List<String> gpuModels();
}
