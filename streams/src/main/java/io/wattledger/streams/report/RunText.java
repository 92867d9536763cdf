package io.wattledger.streams.report;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Ratios;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The total of a run in short texts for people. */
public final class RunText {
    private RunText() {}

    /** Host, zone, duration and how it ended, in a line. */
    public static String circumstances(RunEmissions run) {
        var parts = new ArrayList<String>();
        parts.add("on " + (run.getHosts().size() == 1 ? "host " : run.getHosts().size() + " hosts ")
                + String.join(" ", run.getHosts()) + ",");
        parts.add("zone " + run.getZone() + ",");
        parts.add(duration(run) + ",");
        parts.add(ending(run));
        return String.join(" ", parts);
    }

    /** How long it took. */
    public static String duration(RunEmissions run) {
        return run.getStarted() == null || run.getFinished() == null
                ? "duration not known"
                : Readable.duration(Duration.between(run.getStarted(), run.getFinished()));
    }

    /** How it ended. */
    public static String ending(RunEmissions run) {
        if (run.getStatus() == RunStatus.RUNNING) {
            return "still running";
        }
        if (run.getStatus() == RunStatus.LOST) {
            return "lost: nothing was heard of it any more";
        }
        var code = run.getExitCode();
        var exit = code == null ? "exit code not known" : "exit " + code;
        return run.getStatus() == RunStatus.ENDED ? exit + ", not everything is accounted yet" : exit;
    }

    /** For example {@code 0.081 Wh}. */
    public static String energy(RunEmissions run) {
        return Readable.energy(new Energy(run.getEnergyMillijoules()));
    }

    /** The energy of the site, for example {@code 0.097 Wh   with a PUE of 1.2}. */
    public static String site(RunEmissions run) {
        var facility = new Energy(run.getFacilityEnergyMillijoules());
        return Readable.energy(facility)
                + Ratios.pue(facility, new Energy(run.getEnergyMillijoules()))
                        .map(pue ->
                                "   with a PUE of " + pue.stripTrailingZeros().toPlainString())
                        .orElse("");
    }

    /** What the energy is made of and how each part was obtained. */
    public static String components(RunEmissions run) {
        var whole = new Energy(run.getEnergyMillijoules());
        var parts = new ArrayList<String>();
        addComponent(parts, "cpu", run.getCpuEnergyMillijoules(), whole, method(run, "MODEL_CPU"));
        addComponent(parts, "gpu", run.getGpuEnergyMillijoules(), whole, method(run, "MODEL_GPU"));
        addComponent(parts, "ram", run.getRamEnergyMillijoules(), whole, method(run, "MODEL_RAM"));
        addComponent(parts, "other", run.getOtherEnergyMillijoules(), whole, "measured");
        return String.join(" · ", parts);
    }

    private static void addComponent(List<String> parts, String name, long millijoules, Energy whole, String method) {
        if (millijoules != 0) {
            parts.add(name + " " + Readable.part(new Energy(millijoules), whole) + " (" + method + ")");
        }
    }

    private static String method(RunEmissions run, String model) {
        boolean modelled = run.getEnergyByMethod().keySet().stream().anyMatch(method -> method.startsWith(model));
        if (!modelled) {
            return "measured";
        }
        return model.equals("MODEL_CPU") ? "modelled from TDP and load" : "modelled";
    }

    /** Half width of the error band, for example {@code ± 45 %}; empty where it is not known. */
    public static String band(RunEmissions run) {
        return Figures.of(run)
                .bandPercent()
                .map(percent -> "± " + percent.setScale(0, RoundingMode.HALF_EVEN) + " %")
                .orElse("");
    }

    /** For example {@code 4.6 mg CO2eq}. */
    public static String emissions(RunEmissions run) {
        return Readable.emissions(new Emissions(run.getEmissionsMicrograms()));
    }

    /** The intensity, and where it is from, for example {@code 56 g/kWh (annual average, France 2023, Ember)}. */
    public static String intensity(RunEmissions run) {
        if (isWithoutIntensity(run)) {
            return "a carbon intensity that is not known yet";
        }
        var average = Figures.of(run).gramsPerKwh();
        return average.map(grams -> Readable.gramsPerKwh(grams) + " g/kWh").orElse("no energy")
                + average.map(grams -> " (" + intensitySource(run) + ")").orElse("");
    }

    private static boolean isWithoutIntensity(RunEmissions run) {
        return run.getIntensities().stream().anyMatch(use -> use.getRung() == IntensityRung.NONE);
    }

    /** Where the intensity of most of the energy is from. */
    public static @Nullable String intensitySource(RunEmissions run) {
        return Figures.of(run).intensitySource();
    }

    /**
     * How much of its time samples cover, in percent; empty while it runs. The first and the last sample may reach beyond
     * the run, so it is limited to 100.
     */
    static Optional<BigDecimal> coveragePercent(RunEmissions run) {
        var duration = run.getDurationMillis();
        return duration == null
                ? Optional.empty()
                : Ratios.percent(
                        Duration.ofMillis(Math.min(run.getMeasuredMillis(), duration)), Duration.ofMillis(duration));
    }

    /** For example {@code 99.8 % of its time measured}; empty while it runs. */
    public static String coverage(RunEmissions run) {
        return coveragePercent(run)
                .map(percent -> percent.stripTrailingZeros().toPlainString() + " % of its time measured")
                .orElse("");
    }

    /** Labels as {@code k=v, k=v}. */
    public static String labels(RunEmissions run) {
        return run.getLabels().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A time to the second, UTC. */
    public static String time(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The status in lower case. */
    public static String status(RunEmissions run) {
        return run.getStatus().name().toLowerCase(Locale.ROOT);
    }
}
