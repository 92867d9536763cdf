package io.wattledger.accounting.model;

/**
 * What a processor is made of, as far as its idle power depends on it: the fabric between dies, and the die that drives
 * memory and devices, go on working when all cores sleep.
 */
public enum CpuDesign {
    /** One die: Intel's server processors up to 2022, most desktop and mobile parts. Also where it is not known. */
    ONE_DIE(0.07),

    /** Several dies joined by a fabric: AMD EPYC and Threadripper. */
    SEVERAL_DIES(0.29);

    private final double idle;

    CpuDesign(double idle) {
        this.idle = idle;
    }

    /** Share of the thermal design power that is there without load; from the fit described at {@link CpuPowerModel}. */
    double idle() {
        return idle;
    }
}
