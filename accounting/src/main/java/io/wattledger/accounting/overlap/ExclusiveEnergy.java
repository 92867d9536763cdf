package io.wattledger.accounting.overlap;

import io.wattledger.accounting.division.LargestRemainder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/**
 * The energy of each device without that of the devices inside it. These add up to the energy of the outermost devices.
 *
 * @param millijoules per device, in the order given
 * @param clamped whether devices inside another one reported more than it did; they were scaled down to it
 */
public record ExclusiveEnergy(long[] millijoules, boolean clamped) {

    /** A device whose parent is not among the devices, or is inside itself, counts as an outermost one. */
    public static ExclusiveEnergy of(List<DeviceEnergy> devices) {
        if (devices.stream().allMatch(device -> device.parent() == null)) {
            return new ExclusiveEnergy(
                    devices.stream().mapToLong(DeviceEnergy::millijoules).toArray(), false);
        }
        return new Tree(devices).divide();
    }

    private static final class Tree {
        private final List<DeviceEnergy> devices;
        private final List<List<Integer>> inside = new ArrayList<>();
        private final List<Integer> outermost = new ArrayList<>();
        private final long[] exclusive;
        private boolean clamped;

        Tree(List<DeviceEnergy> devices) {
            this.devices = devices;
            this.exclusive = new long[devices.size()];
            var index = new HashMap<String, Integer>();
            for (int i = 0; i < devices.size(); i++) {
                index.put(devices.get(i).device(), i);
                inside.add(new ArrayList<>());
            }
            for (int i = 0; i < devices.size(); i++) {
                var parent = index.get(devices.get(i).parent());
                if (parent == null || isInsideItself(i, index)) {
                    outermost.add(i);
                } else {
                    inside.get(parent).add(i);
                }
            }
        }

        private boolean isInsideItself(int device, HashMap<String, Integer> index) {
            var seen = new HashSet<Integer>();
            for (Integer at = device; at != null; at = index.get(devices.get(at).parent())) {
                if (!seen.add(at)) {
                    return true;
                }
            }
            return false;
        }

        ExclusiveEnergy divide() {
            outermost.forEach(device -> grant(device, devices.get(device).millijoules()));
            return new ExclusiveEnergy(exclusive, clamped);
        }

        private void grant(int device, long granted) {
            var parts = inside.get(device);
            var reported = parts.stream()
                    .mapToLong(part -> devices.get(part).millijoules())
                    .toArray();
            long sum = 0;
            for (long part : reported) {
                sum = Math.addExact(sum, part);
            }
            if (sum > granted) {
                clamped = true;
                var precedence = parts.stream()
                        .mapToLong(part -> devices.get(part).device().hashCode())
                        .toArray();
                reported = LargestRemainder.divide(granted, reported, precedence);
                sum = granted;
            }
            exclusive[device] = granted - sum;
            for (int i = 0; i < reported.length; i++) {
                grant(parts.get(i), reported[i]);
            }
        }
    }
}
