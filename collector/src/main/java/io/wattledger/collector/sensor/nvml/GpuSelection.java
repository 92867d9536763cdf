package io.wattledger.collector.sensor.nvml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The boards that somebody has chosen.
 *
 * @param indexes of the boards
 * @param notes what is to be said about the choice
 */
record GpuSelection(Set<Integer> indexes, List<String> notes) {
    static final String ALL = "all";
    static final String NONE = "none";
    static final String CUDA_VISIBLE_DEVICES = "CUDA_VISIBLE_DEVICES";
    static final String CUDA_DEVICE_ORDER = "CUDA_DEVICE_ORDER";

    private static final String GPU_PREFIX = "GPU-";
    private static final String MIG_PREFIX = "MIG-";

    /** Before UUIDs of instances there were {@code MIG-GPU-…/gpu instance/compute instance} (drivers before 470). */
    private static final String OLD_MIG_PREFIX = MIG_PREFIX + GPU_PREFIX;

    /**
     * A board that may be chosen.
     *
     * @param index as NVML counts
     * @param uuid of the board
     * @param instances UUIDs of its MIG instances
     */
    record Board(int index, String uuid, List<String> instances) {}

    /**
     * By setting, else by the variable of CUDA, else all.
     *
     * @param devices the setting {@link GpuSettings#DEVICES}, or null
     */
    static GpuSelection of(@Nullable String devices, Map<String, String> environment, List<Board> boards) {
        if (devices != null) {
            return bySetting(devices.trim(), boards);
        }
        var visible = environment.get(CUDA_VISIBLE_DEVICES);
        if (visible != null) {
            return asCuda(visible, environment, boards);
        }
        return all(boards);
    }

    private static GpuSelection all(List<Board> boards) {
        var indexes = new TreeSet<Integer>();
        boards.forEach(board -> indexes.add(board.index()));
        return new GpuSelection(indexes, List.of());
    }

    private static GpuSelection bySetting(String devices, List<Board> boards) {
        if (devices.equals(ALL)) {
            return all(boards);
        }
        var indexes = new TreeSet<Integer>();
        var notes = new ArrayList<String>();
        if (devices.equals(NONE)) {
            return new GpuSelection(indexes, notes);
        }
        for (var entry : devices.split(",", -1)) {
            if (!choose(entry.trim(), boards, indexes, notes)) {
                notes.add("no or no single GPU here is the '" + entry.trim() + "' of " + GpuSettings.DEVICES);
            }
        }
        return new GpuSelection(indexes, notes);
    }

    /** CUDA takes what comes before the first entry that is invalid, and so nothing of an empty text or -1. */
    private static GpuSelection asCuda(String visible, Map<String, String> environment, List<Board> boards) {
        var indexes = new TreeSet<Integer>();
        var notes = new ArrayList<String>();
        notes.add(CUDA_VISIBLE_DEVICES + "='" + visible + "'");
        boolean byIndex = false;
        for (var text : visible.split(",", -1)) {
            var entry = text.trim();
            if (!choose(entry, boards, indexes, notes)) {
                if (!entry.isEmpty() && !entry.equals("-1")) {
                    notes.add("'" + entry + "' is none of the GPUs here; as CUDA does, what follows it is left out");
                }
                break;
            }
            byIndex |= isIndex(entry);
        }
        if (byIndex && boards.size() > 1 && !"PCI_BUS_ID".equals(environment.get(CUDA_DEVICE_ORDER))) {
            notes.add("indexes are taken in the order of nvidia-smi; where GPUs of several kinds are mixed, CUDA counts"
                    + " differently unless " + CUDA_DEVICE_ORDER + "=PCI_BUS_ID");
        }
        return new GpuSelection(indexes, notes);
    }

    /** Whether an entry means one board or one instance and no other; if so, the board is chosen. */
    private static boolean choose(String entry, List<Board> boards, Set<Integer> indexes, List<String> notes) {
        var meant = boards.stream().filter(board -> matches(board, entry) > 0).toList();
        if (meant.size() != 1 || matches(meant.get(0), entry) != 1) {
            return false;
        }
        int index = meant.get(0).index();
        indexes.add(index);
        if (entry.startsWith(MIG_PREFIX)) {
            notes.add(entry + " is a part of gpu-" + index + ", which is measured whole: only boards have an energy");
        }
        return true;
    }

    /** How many things an entry may mean on a board. */
    private static long matches(Board board, String entry) {
        if (isIndex(entry)) {
            return entry.equals(Integer.toString(board.index())) ? 1 : 0;
        }
        if (entry.startsWith(OLD_MIG_PREFIX)) {
            int end = entry.indexOf('/');
            return end > 0 && entry.substring(MIG_PREFIX.length(), end).equals(board.uuid()) ? 1 : 0;
        }
        if (entry.startsWith(MIG_PREFIX)) {
            return board.instances().stream()
                    .filter(instance -> instance.startsWith(entry))
                    .count();
        }
        return entry.startsWith(GPU_PREFIX) && board.uuid().startsWith(entry) ? 1 : 0;
    }

    private static boolean isIndex(String entry) {
        return !entry.isEmpty() && entry.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
