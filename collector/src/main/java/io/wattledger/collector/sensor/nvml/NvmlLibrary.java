package io.wattledger.collector.sensor.nvml;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.wattledger.accounting.attribution.DeviceUse.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The functions of NVML that are used, as nvml.h has them (2025), each with its unit. Structures are read at the offsets
 * of a 64-bit system. For one thread at a time: answers come back through one piece of memory.
 */
final class NvmlLibrary implements AutoCloseable {
    private static final String UTF_8 = "UTF-8";
    private static final int TEXT_BYTES = 96;
    private static final int PROCESS_BYTES = 24;
    private static final int OLD_PROCESS_BYTES = 16;
    private static final int SAMPLE_BYTES = 32;

    /** Processes may start between asking for their number and asking for them. */
    private static final int SPARE = 16;

    private static final int ATTEMPTS = 4;

    private final NativeLibrary library;
    private final Memory answer = new Memory(TEXT_BYTES);
    private Memory list = new Memory(64 * SAMPLE_BYTES);

    private NvmlLibrary(NativeLibrary library) {
        this.library = library;
    }

    /**
     * Loads a library.
     *
     * @param name a file, or a name that the system looks up
     * @throws LinkageError when it cannot be loaded, or JNA cannot work here
     */
    static NvmlLibrary load(String name) {
        return new NvmlLibrary(NativeLibrary.getInstance(name));
    }

    /** Connects to the driver; from now on {@link #close} disconnects. */
    void init() throws NvmlException {
        call("nvmlInit_v2");
    }

    @Override
    public void close() {
        try {
            call("nvmlShutdown");
        } catch (NvmlException e) {
            // It never was connected, or the driver is gone: there is nothing to disconnect from. The library itself
            // stays
            // for others who have loaded it.
            return;
        }
    }

    int deviceCount() throws NvmlException {
        call("nvmlDeviceGetCount_v2", answer);
        return answer.getInt(0);
    }

    Pointer device(int index) throws NvmlException {
        call("nvmlDeviceGetHandleByIndex_v2", index, answer);
        return answer.getPointer(0);
    }

    /** {@code GPU-…} of a board, {@code MIG-…} of an instance. */
    String uuid(Pointer device) throws NvmlException {
        call("nvmlDeviceGetUUID", device, answer, TEXT_BYTES);
        return answer.getString(0, UTF_8);
    }

    String name(Pointer device) throws NvmlException {
        call("nvmlDeviceGetName", device, answer, TEXT_BYTES);
        return answer.getString(0, UTF_8);
    }

    /** Energy since the driver was loaded. */
    long energyMillijoules(Pointer device) throws NvmlException {
        call("nvmlDeviceGetTotalEnergyConsumption", device, answer);
        return answer.getLong(0);
    }

    long powerMilliwatts(Pointer device) throws NvmlException {
        call("nvmlDeviceGetPowerUsage", device, answer);
        return unsigned(answer, 0);
    }

    /** The power that the board is kept below. */
    long powerLimitMilliwatts(Pointer device) throws NvmlException {
        call("nvmlDeviceGetEnforcedPowerLimit", device, answer);
        return unsigned(answer, 0);
    }

    /** Share of the last moments (a sixth of a second to a second) in which a kernel ran. */
    int utilizationPercent(Pointer device) throws NvmlException {
        call("nvmlDeviceGetUtilizationRates", device, answer);
        return answer.getInt(0);
    }

    /** How many instances a board can have, each of one slice of its processors; 0 where it cannot be divided. */
    int mostInstances(Pointer device) throws NvmlException {
        call("nvmlDeviceGetMaxMigDeviceCount", device, answer);
        return answer.getInt(0);
    }

    /** The instances of a board in MIG mode. */
    List<Pointer> instances(Pointer device) throws NvmlException {
        var instances = new ArrayList<Pointer>();
        int most = mostInstances(device);
        for (int i = 0; i < most; i++) {
            try {
                call("nvmlDeviceGetMigDeviceHandleByIndex", device, i, answer);
                instances.add(answer.getPointer(0));
            } catch (NvmlException e) {
                if (e.status() != NvmlException.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return instances;
    }

    boolean isInMigMode(Pointer device) throws NvmlException {
        try {
            call("nvmlDeviceGetMigMode", device, answer, answer.share(Integer.BYTES));
            return answer.getInt(0) == 1;
        } catch (NvmlException e) {
            if (e.isNotSupported()) {
                return false;
            }
            throw e;
        }
    }

    /** Slices of processors that an instance has. */
    int slices(Pointer instance) throws NvmlException {
        call("nvmlDeviceGetAttributes_v2", instance, answer);
        return answer.getInt(28);
    }

    /** Processes that compute or draw on a board or an instance. */
    Set<Long> processes(Pointer device) throws NvmlException {
        var processes = processes("nvmlDeviceGetComputeRunningProcesses", device);
        try {
            processes.addAll(processes("nvmlDeviceGetGraphicsRunningProcesses", device));
        } catch (NvmlException e) {
            // Instances and boards without a display have no such list.
            if (!e.isNotSupported()) {
                throw e;
            }
        }
        return processes;
    }

    /** The second version: the third changed its layout within a series of drivers, and old drivers have the first. */
    private Set<Long> processes(String call, Pointer device) throws NvmlException {
        try {
            return processes(call + "_v2", device, PROCESS_BYTES);
        } catch (NvmlException e) {
            if (e.status() == NvmlException.FUNCTION_NOT_FOUND) {
                return processes(call, device, OLD_PROCESS_BYTES);
            }
            throw e;
        }
    }

    private Set<Long> processes(String call, Pointer device, int bytes) throws NvmlException {
        int count = list(bytes, (size, space) -> call(call, device, size, space));
        var pids = new TreeSet<Long>();
        for (int i = 0; i < count; i++) {
            pids.add(unsigned(list, (long) i * bytes));
        }
        return pids;
    }

    /**
     * What processes have used of the multiprocessors since a moment of the driver's clock. Empty when nobody has.
     *
     * @param sinceMicros the end of the newest sample that is known, or 0
     */
    List<Sample> processSamples(Pointer device, long sinceMicros) throws NvmlException {
        int count;
        try {
            count = list(
                    SAMPLE_BYTES,
                    (size, space) -> call("nvmlDeviceGetProcessUtilization", device, space, size, sinceMicros));
        } catch (NvmlException e) {
            if (e.status() == NvmlException.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
        var samples = new ArrayList<Sample>(count);
        for (int i = 0; i < count; i++) {
            long at = (long) i * SAMPLE_BYTES;
            samples.add(new Sample(unsigned(list, at), list.getLong(at + 8), list.getInt(at + 16)));
        }
        return samples;
    }

    @FunctionalInterface
    private interface ListCall {
        void into(Pointer size, Memory space) throws NvmlException;
    }

    /** Fills the list, with more room where the driver asks for it, and says how many entries there are. */
    private int list(int bytes, ListCall call) throws NvmlException {
        for (int attempt = 1; ; attempt++) {
            answer.setInt(0, (int) (list.size() / bytes));
            try {
                call.into(answer, list);
                return answer.getInt(0);
            } catch (NvmlException e) {
                if (e.status() != NvmlException.INSUFFICIENT_SIZE || attempt == ATTEMPTS) {
                    throw e;
                }
                list = new Memory((long) (answer.getInt(0) + SPARE) * bytes);
            }
        }
    }

    private void call(String name, Object... arguments) throws NvmlException {
        Function function;
        try {
            function = library.getFunction(name);
        } catch (UnsatisfiedLinkError e) {
            throw new NvmlException(name, NvmlException.FUNCTION_NOT_FOUND, "this driver is too old for it");
        }
        int status = function.invokeInt(arguments);
        if (status != 0) {
            throw new NvmlException(
                    name, status, library.getFunction("nvmlErrorString").invokeString(new Object[] {status}, false));
        }
    }

    private static long unsigned(Memory memory, long offset) {
        return Integer.toUnsignedLong(memory.getInt(offset));
    }
}
