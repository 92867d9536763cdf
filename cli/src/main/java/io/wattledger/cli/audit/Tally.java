package io.wattledger.cli.audit;

import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EnergyRow;
import java.util.Map;
import java.util.TreeMap;

/** The energy side of a row, added up. */
final class Tally {
    final String project;
    final long slotLengthMillis;
    private long cpu;
    private long gpu;
    private long ram;
    private long other;
    private long band;
    private long cpuTimeNanos;
    private long measuredMillis;
    private final Map<String, Long> byMethod = new TreeMap<>();

    Tally(String project, long slotLengthMillis) {
        this.project = project;
        this.slotLengthMillis = slotLengthMillis;
    }

    /** As the energy ledger has it, where the samples are gone. */
    static Tally of(EnergyRow row) {
        var tally = new Tally(row.getProject(), row.getSlotLengthMillis());
        tally.cpu = row.getCpuEnergyMillijoules();
        tally.gpu = row.getGpuEnergyMillijoules();
        tally.ram = row.getRamEnergyMillijoules();
        tally.other = row.getOtherEnergyMillijoules();
        tally.band = row.getBandMillijoules();
        tally.cpuTimeNanos = row.getCpuTimeNanos();
        tally.measuredMillis = row.getMeasuredMillis();
        tally.byMethod.putAll(row.getEnergyByMethod());
        return tally;
    }

    void addTime(long measured, long cpuTime) {
        measuredMillis = Math.addExact(measuredMillis, measured);
        cpuTimeNanos = Math.addExact(cpuTimeNanos, cpuTime);
    }

    void addEnergy(DeviceKind kind, String method, long energy, long bandOfEnergy) {
        switch (kind) {
            case CPU -> cpu = Math.addExact(cpu, energy);
            case GPU -> gpu = Math.addExact(gpu, energy);
            case RAM -> ram = Math.addExact(ram, energy);
            case HOST, OTHER -> other = Math.addExact(other, energy);
        }
        band = Math.addExact(band, bandOfEnergy);
        if (energy != 0) {
            byMethod.merge(method, energy, Math::addExact);
        }
    }

    long energy() {
        return Math.addExact(Math.addExact(cpu, gpu), Math.addExact(ram, other));
    }

    /** As an energy row in the zone and at the PUE it is accounted with. */
    EnergyRow row(RowKey key, String zone, int pueThousandths) {
        return EnergyRow.newBuilder()
                .setRun(key.run())
                .setHost(key.host())
                .setSlotStart(key.slot())
                .setSlotLengthMillis(slotLengthMillis)
                .setZone(zone)
                .setPueThousandths(pueThousandths)
                .setProject(project)
                .setEnergyMillijoules(energy())
                .setCpuEnergyMillijoules(cpu)
                .setGpuEnergyMillijoules(gpu)
                .setRamEnergyMillijoules(ram)
                .setOtherEnergyMillijoules(other)
                .setEnergyByMethod(byMethod)
                .setBandMillijoules(band)
                .setCpuTimeNanos(cpuTimeNanos)
                .setMeasuredMillis(measuredMillis)
                .build();
    }
}
