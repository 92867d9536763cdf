package io.wattledger.sinks.prometheus;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.RunEmissions;
import java.util.List;

/** Energy and emissions of one component of a total or row; the four add up to the whole. */
record Component(String name, Energy energy, Emissions emissions) {
    static final String LABEL = "component";

    static List<Component> of(RunEmissions run) {
        return List.of(
                component("cpu", run.getCpuEnergyMillijoules(), run.getCpuEmissionsMicrograms()),
                component("gpu", run.getGpuEnergyMillijoules(), run.getGpuEmissionsMicrograms()),
                component("ram", run.getRamEnergyMillijoules(), run.getRamEmissionsMicrograms()),
                component("other", run.getOtherEnergyMillijoules(), run.getOtherEmissionsMicrograms()));
    }

    static List<Component> of(EmissionRow row) {
        return List.of(
                component("cpu", row.getCpuEnergyMillijoules(), row.getCpuEmissionsMicrograms()),
                component("gpu", row.getGpuEnergyMillijoules(), row.getGpuEmissionsMicrograms()),
                component("ram", row.getRamEnergyMillijoules(), row.getRamEmissionsMicrograms()),
                component("other", row.getOtherEnergyMillijoules(), row.getOtherEmissionsMicrograms()));
    }

    private static Component component(String name, long millijoules, long micrograms) {
        return new Component(name, new Energy(millijoules), new Emissions(micrograms));
    }
}
