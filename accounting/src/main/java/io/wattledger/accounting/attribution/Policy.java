package io.wattledger.accounting.attribution;

import io.wattledger.accounting.division.LargestRemainder;
import java.util.Arrays;

/** How the energy of a device is divided. One policy per host. */
public enum Policy {
    /** All of it goes to the active runs; without a run it is idle. */
    MACHINE {
        @Override
        public Shares divide(long energy, long idle, long[] use, long othersUse, long[] precedence) {
            return use.length == 0
                    ? new Shares(use, 0, energy)
                    : new Shares(LargestRemainder.divide(energy, use, precedence), 0, 0);
        }
    },

    /** Runs get their share of the dynamic energy and all of the idle energy; other processes get their share. */
    SHARED {
        @Override
        public Shares divide(long energy, long idle, long[] use, long othersUse, long[] precedence) {
            var dynamic = PROCESS.divide(energy, idle, use, othersUse, precedence);
            if (use.length == 0) {
                return dynamic;
            }
            var runs = LargestRemainder.divide(dynamic.idle(), use, precedence);
            for (int i = 0; i < runs.length; i++) {
                runs[i] += dynamic.runs()[i];
            }
            return new Shares(runs, dynamic.others(), 0);
        }
    },

    /** Runs and other processes get their share of the dynamic energy; the idle energy is nobody's. */
    PROCESS {
        @Override
        public Shares divide(long energy, long idle, long[] use, long othersUse, long[] precedence) {
            long idlePart = Math.min(energy, idle);
            long dynamic = energy - idlePart;
            if (use.length == 0 || (othersUse == 0 && Arrays.stream(use).allMatch(part -> part == 0))) {
                return new Shares(new long[use.length], dynamic, idlePart);
            }
            var weights = Arrays.copyOf(use, use.length + 1);
            weights[use.length] = othersUse;
            var order = Arrays.copyOf(precedence, use.length + 1);
            order[use.length] = Long.MAX_VALUE;
            var parts = LargestRemainder.divide(dynamic, weights, order);
            return new Shares(Arrays.copyOf(parts, use.length), parts[use.length], idlePart);
        }
    };

    /**
     * Divides the energy of one device in one interval.
     *
     * @param energy in millijoules
     * @param idle idle baseline of the device over the interval, in millijoules
     * @param use how much each active run has used the device, in any unit; equal parts where all is 0
     * @param othersUse how much processes outside any run have used it, in the same unit
     * @param precedence who gets the odd millijoule among equals, smaller first: {@link #precedence(String, long)}
     */
    public abstract Shares divide(long energy, long idle, long[] use, long othersUse, long[] precedence);

    /** A hash of run and sample (FNV-1a), so that the odd millijoule falls on each run as often as on the others. */
    public static long precedence(String run, long seq) {
        long hash = 0xcbf29ce484222325L ^ seq;
        for (int i = 0; i < run.length(); i++) {
            hash = (hash ^ run.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 29);
    }

    /** The parts of one device's energy, in millijoules: one per run in the order given, other processes, idle. */
    public record Shares(long[] runs, long others, long idle) {}
}
