package io.wattledger.accounting.overlap;

import io.wattledger.accounting.division.LargestRemainder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which device is inside which. It is the same from sample to sample, so it can be kept.
 *
 * <p>A device whose parent is not among the devices, or is inside itself, counts as an outermost one.
 */
public final class DeviceTree {
    private static final int OUTERMOST = -1;

    private final List<String> devices;
    private final List<@Nullable String> parents;
    private final int[] parent;
    private final int[][] inside;

    /**
     * A tree of devices.
     *
     * @param devices their names
     * @param parents for each the device around it, or null
     */
    public DeviceTree(List<String> devices, List<@Nullable String> parents) {
        this.devices = List.copyOf(devices);
        this.parents = Arrays.asList(parents.toArray(new String[0]));
        this.parent = parentIndexes();
        this.inside = new int[devices.size()][];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = childrenOf(i);
        }
    }

    private int[] parentIndexes() {
        var index = new HashMap<@Nullable String, Integer>();
        for (int i = 0; i < devices.size(); i++) {
            index.put(devices.get(i), i);
        }
        var indexes = new int[devices.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = index.getOrDefault(parents.get(i), OUTERMOST);
        }
        var cut = indexes.clone();
        for (int i = 0; i < indexes.length; i++) {
            if (isInsideItself(i, indexes)) {
                cut[i] = OUTERMOST;
            }
        }
        return cut;
    }

    private static boolean isInsideItself(int device, int[] parents) {
        int steps = 0;
        for (int at = device; at != OUTERMOST; at = parents[at]) {
            if (steps++ > parents.length) {
                return true;
            }
        }
        return false;
    }

    private int[] childrenOf(int device) {
        int[] children = {};
        for (int i = 0; i < parent.length; i++) {
            if (parent[i] == device) {
                children = Arrays.copyOf(children, children.length + 1);
                children[children.length - 1] = i;
            }
        }
        return children;
    }

    /** How many devices there are. */
    public int size() {
        return parent.length;
    }

    /** Whether the device at {@code index} is {@code device}, and {@code around} is told to be around it. */
    public boolean has(int index, String device, @Nullable String around) {
        return devices.get(index).equals(device) && Objects.equals(parents.get(index), around);
    }

    /**
     * The energy of each device without that of the devices inside it.
     *
     * @param millijoules per device what it reported, at least 0
     */
    public ExclusiveEnergy divide(long[] millijoules) {
        var exclusive = millijoules.clone();
        boolean clamped = false;
        for (int i = 0; i < parent.length; i++) {
            if (parent[i] != OUTERMOST) {
                exclusive[parent[i]] = Math.subtractExact(exclusive[parent[i]], millijoules[i]);
                clamped |= exclusive[parent[i]] < 0;
            }
        }
        if (clamped) {
            for (int i = 0; i < parent.length; i++) {
                if (parent[i] == OUTERMOST) {
                    grant(i, millijoules[i], millijoules, exclusive);
                }
            }
        }
        return new ExclusiveEnergy(exclusive, clamped);
    }

    /** Divides what a device was granted: devices inside it that reported more together are scaled down to it. */
    private void grant(int device, long granted, long[] millijoules, long[] exclusive) {
        var parts = new long[inside[device].length];
        var precedence = new long[parts.length];
        long sum = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = millijoules[inside[device][i]];
            precedence[i] = devices.get(inside[device][i]).hashCode();
            sum = Math.addExact(sum, parts[i]);
        }
        if (sum > granted) {
            parts = LargestRemainder.divide(granted, parts, precedence);
            sum = granted;
        }
        exclusive[device] = granted - sum;
        for (int i = 0; i < parts.length; i++) {
            grant(inside[device][i], parts[i], millijoules, exclusive);
        }
    }
}
