package io.wattledger.collector.sensor.nvml;

import java.io.IOException;

/** A call of NVML that did not succeed. */
final class NvmlException extends IOException {
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_FOUND = 6;
    static final int INSUFFICIENT_SIZE = 7;
    static final int DRIVER_NOT_LOADED = 9;
    static final int LIBRARY_NOT_FOUND = 12;
    static final int FUNCTION_NOT_FOUND = 13;
    static final int OPERATING_SYSTEM = 17;
    static final int VERSION_MISMATCH = 18;

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * @param call the function
     * @param status what it returned, an nvmlReturn_t
     * @param text what that means
     */
    NvmlException(String call, int status, String text) {
        super(call + ": " + text + " (" + status + ")");
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Whether this board or this driver never answers that call, as opposed to not now. */
    boolean isNotSupported() {
        return status == NOT_SUPPORTED || status == FUNCTION_NOT_FOUND;
    }
}
