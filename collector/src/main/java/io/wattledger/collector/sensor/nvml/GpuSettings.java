package io.wattledger.collector.sensor.nvml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Which GPUs are measured; null where nobody has said.
 *
 * @param devices as {@link GpuSelection} reads it
 * @param tdpWatts thermal design power of boards that tell neither power nor a name that is known
 */
public record GpuSettings(
        @Nullable String devices, @Nullable Integer tdpWatts) {
    public static final String DEVICES = "gpu.devices";
    public static final String TDP = "gpu.tdp.watts";

    /** Nothing is set. */
    public static final GpuSettings NONE = new GpuSettings(null, null);

    private static final int MOST_WATTS = 10_000;
    private static final Pattern ENTRY = Pattern.compile("\\d{1,4}|GPU-[0-9A-Fa-f-]*|MIG-[0-9A-Za-z/-]*");

    /** Adds its settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        DEVICES,
                        Type.STRING,
                        null,
                        LambdaValidator.with(
                                GpuSettings::ensureDevices,
                                () -> "all, none, or indexes and UUIDs with commas between"),
                        Importance.MEDIUM,
                        "NVIDIA GPUs to measure: all, none, or a list of indexes, UUIDs (GPU-…, MIG-…) and beginnings of"
                                + " them that only one has. When it is not set, CUDA_VISIBLE_DEVICES of the collector's"
                                + " environment counts, and without that all are measured.")
                .define(
                        TDP,
                        Type.INT,
                        null,
                        LambdaValidator.with(GpuSettings::ensureTdp, () -> "[1,...," + MOST_WATTS + "]"),
                        Importance.LOW,
                        "Thermal design power of one GPU in watts. Used only for GPUs that tell neither their energy nor"
                                + " their power and whose model is not known.");
    }

    /** From settings that were parsed with that definition. */
    public static GpuSettings from(Map<String, Object> values) {
        return new GpuSettings((String) values.get(DEVICES), (Integer) values.get(TDP));
    }

    private static void ensureDevices(String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        var text = value.toString().trim();
        if (text.equals(GpuSelection.ALL) || text.equals(GpuSelection.NONE)) {
            return;
        }
        var wrong = new ArrayList<String>();
        for (var entry : List.of(text.split(",", -1))) {
            if (!ENTRY.matcher(entry.trim()).matches()) {
                wrong.add("'" + entry.trim() + "'");
            }
        }
        if (!wrong.isEmpty()) {
            throw new ConfigException(
                    name,
                    value,
                    String.join(", ", wrong)
                            + " is neither an index (0) nor the beginning of a UUID (GPU-8932f937, MIG-…); say all, none, or a"
                            + " list of those with commas between");
        }
    }

    private static void ensureTdp(String name, @Nullable Object value) {
        if (value instanceof Integer watts && (watts < 1 || watts > MOST_WATTS)) {
            throw new ConfigException(name, value, "must be between 1 and " + MOST_WATTS + " W");
        }
    }
}
