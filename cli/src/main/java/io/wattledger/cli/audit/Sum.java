package io.wattledger.cli.audit;

import io.wattledger.cli.audit.Difference.Gap;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** Rows added up as a total of them is to be. */
final class Sum {
    /** Figures that totals have under the same name as rows; a total need not have all. */
    private static final List<String> FIGURES = List.of(
            "energyMillijoules",
            "emissionsMicrograms",
            "facilityEnergyMillijoules",
            "cpuEnergyMillijoules",
            "gpuEnergyMillijoules",
            "ramEnergyMillijoules",
            "otherEnergyMillijoules",
            "bandMillijoules",
            "cpuTimeNanos",
            "measuredMillis",
            "cpuEmissionsMicrograms",
            "gpuEmissionsMicrograms",
            "ramEmissionsMicrograms",
            "otherEmissionsMicrograms");

    private static final int[] COLUMNS = FIGURES.stream()
            .mapToInt(name -> EmissionRow.getClassSchema().getField(name).pos())
            .toArray();

    private final long[] figures = new long[FIGURES.size()];
    private final Map<String, Long> byMethod = new TreeMap<>();
    private final Map<String, Amounts> byIntensity = new TreeMap<>();
    private boolean moving;

    /** Energy and emissions on one intensity. */
    private record Amounts(long millijoules, long micrograms) {
        Amounts plus(Amounts other) {
            return new Amounts(
                    Math.addExact(millijoules, other.millijoules), Math.addExact(micrograms, other.micrograms));
        }

        @Override
        public String toString() {
            return millijoules + " mJ, " + micrograms + " µg";
        }
    }

    void add(EmissionRow row) {
        for (int i = 0; i < figures.length; i++) {
            figures[i] = Math.addExact(figures[i], (Long) row.get(COLUMNS[i]));
        }
        row.getEnergyByMethod().forEach((method, energy) -> addMethod(byMethod, method, energy));
        var amounts = new Amounts(row.getEnergyMillijoules(), row.getEmissionsMicrograms());
        addUse(byIntensity, identity(row), amounts);
    }

    private static void addMethod(Map<String, Long> methods, String method, long energy) {
        if (energy != 0) {
            methods.merge(method, energy, Math::addExact);
        }
    }

    private static void addUse(Map<String, Amounts> uses, String identity, Amounts amounts) {
        if (amounts.millijoules() != 0 || amounts.micrograms() != 0) {
            uses.merge(identity, amounts, Amounts::plus);
        }
    }

    /** Live values differ from slot to slot, so a total keeps them together. */
    private static String identity(EmissionRow row) {
        boolean live = row.getRung() == IntensityRung.LIVE_MEASURED || row.getRung() == IntensityRung.LIVE_ESTIMATED;
        return row.getZone() + " on " + row.getRung() + " " + row.getIntensityZone() + " " + row.getIntensityYear()
                + " " + row.getIntensityMethod() + " " + row.getIntensitySource() + " "
                + (live ? "" : row.getIntensityMicrogramsPerKwh());
    }

    private static String identity(IntensityUse use) {
        return use.getZone() + " on " + use.getRung() + " " + use.getIntensityZone() + " " + use.getIntensityYear()
                + " " + use.getIntensityMethod() + " " + use.getIntensitySource() + " "
                + Objects.requireNonNullElse(use.getIntensityMicrogramsPerKwh(), "");
    }

    long energy() {
        return figures[0];
    }

    long emissions() {
        return figures[1];
    }

    boolean isEmpty() {
        return energy() == 0 && emissions() == 0;
    }

    /** What is wrong when the ledger has no such total. */
    List<Gap> missing() {
        return List.of(new Gap("energyMillijoules", null, energy()), new Gap("emissionsMicrograms", null, emissions()));
    }

    /** Whether some of its energy has no intensity. */
    boolean lacksIntensity() {
        return byIntensity.keySet().stream().anyMatch(identity -> identity.contains(" on " + IntensityRung.NONE));
    }

    /** One of its rows is in motion, so it is not compared. */
    void moves() {
        moving = true;
    }

    boolean isMoving() {
        return moving;
    }

    /** What differs from a total as the ledger has it. */
    List<Gap> compare(SpecificRecord total, Map<String, Long> methods, List<IntensityUse> uses) {
        var gaps = new ArrayList<Gap>();
        for (int i = 0; i < figures.length; i++) {
            var field = total.getSchema().getField(FIGURES.get(i));
            if (field != null && (Long) total.get(field.pos()) != figures[i]) {
                gaps.add(new Gap(field.name(), total.get(field.pos()), figures[i]));
            }
        }
        var told = new TreeMap<String, Long>();
        methods.forEach((method, energy) -> addMethod(told, method, energy));
        if (!told.equals(byMethod)) {
            gaps.add(new Gap("energyByMethod", told, byMethod));
        }
        var toldUses = new TreeMap<String, Amounts>();
        uses.forEach(use ->
                addUse(toldUses, identity(use), new Amounts(use.getEnergyMillijoules(), use.getEmissionsMicrograms())));
        if (!toldUses.equals(byIntensity)) {
            gaps.add(new Gap("intensities", toldUses, byIntensity));
        }
        return gaps;
    }
}
