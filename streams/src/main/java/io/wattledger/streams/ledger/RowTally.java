package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.state.OpenRow;
import java.util.Arrays;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** A row that may still change: plain sums, as every sample adds to them. Millijoules, nanoseconds, milliseconds. */
final class RowTally {
    private static final String[] NO_METHODS = {};

    final String run;
    final String project;
    private long cpu;
    private long gpu;
    private long ram;
    private long other;
    private long band;
    private long cpuTime;
    private long measured;
    private String[] methods = NO_METHODS;
    private long[] byMethod = {};
    private @Nullable EmissionRow forwarded;
    private boolean written = true;
    private boolean dirty;
    private boolean changedLately;
    private boolean unsaved;

    RowTally(String run, String project) {
        this.run = run;
        this.project = project;
    }

    /** A row as it was kept in the state: whether all of it had gone out is looked at again. */
    static RowTally of(OpenRow row) {
        var tally = of(row.getEnergy(), row.getForwarded());
        tally.dirty = true;
        tally.written = row.getWritten();
        return tally;
    }

    /** A closed row that opens again. */
    static RowTally of(EmissionRow closed) {
        return of(EmissionRows.energy(closed), closed);
    }

    private static RowTally of(EnergyRow row, @Nullable EmissionRow forwarded) {
        var tally = new RowTally(row.getRun(), row.getProject());
        tally.cpu = row.getCpuEnergyMillijoules();
        tally.gpu = row.getGpuEnergyMillijoules();
        tally.ram = row.getRamEnergyMillijoules();
        tally.other = row.getOtherEnergyMillijoules();
        tally.band = row.getBandMillijoules();
        tally.cpuTime = row.getCpuTimeNanos();
        tally.measured = row.getMeasuredMillis();
        row.getEnergyByMethod().forEach(tally::addToMethod);
        tally.forwarded = forwarded;
        return tally;
    }

    void add(DeviceKind kind, String method, long energy, long bandOfEnergy) {
        if (energy == 0 && bandOfEnergy == 0) {
            return;
        }
        switch (kind) {
            case CPU -> cpu = Math.addExact(cpu, energy);
            case GPU -> gpu = Math.addExact(gpu, energy);
            case RAM -> ram = Math.addExact(ram, energy);
            case HOST, OTHER -> other = Math.addExact(other, energy);
        }
        band = Math.addExact(band, bandOfEnergy);
        addToMethod(method, energy);
        touch();
    }

    void addCpuTime(long nanos) {
        cpuTime = Math.addExact(cpuTime, nanos);
        touch();
    }

    void addMeasured(long millis) {
        measured = Math.addExact(measured, millis);
        touch();
    }

    private void addToMethod(String method, long energy) {
        for (int i = 0; i < methods.length; i++) {
            if (methods[i].equals(method)) {
                byMethod[i] = Math.addExact(byMethod[i], energy);
                return;
            }
        }
        methods = Arrays.copyOf(methods, methods.length + 1);
        byMethod = Arrays.copyOf(byMethod, methods.length);
        methods[methods.length - 1] = method;
        byMethod[methods.length - 1] = energy;
    }

    void touch() {
        dirty = true;
        changedLately = true;
    }

    boolean isDirty() {
        return dirty;
    }

    /** Notes that it has to be saved; returns whether that is news. */
    boolean markUnsaved() {
        boolean news = !unsaved;
        unsaved = true;
        return news;
    }

    void saved() {
        unsaved = false;
    }

    /** Whether it has changed since this was last asked. */
    boolean takeChangedLately() {
        boolean changed = changedLately;
        changedLately = false;
        return changed;
    }

    /** As the totals know it, or null. */
    @Nullable
    EmissionRow forwarded() {
        return forwarded;
    }

    /** It has been looked at, and the totals know it as {@code row}; a row with a revision is written at once. */
    void settled(@Nullable EmissionRow row) {
        if (row != forwarded) {
            written = row == null || row.getRevision() > 0;
        }
        forwarded = row;
        dirty = false;
    }

    /** Whether the ledger's topics have it as {@link #forwarded} says. */
    boolean isWritten() {
        return written;
    }

    void markWritten() {
        written = true;
    }

    long energy() {
        return Math.addExact(Math.addExact(cpu, gpu), Math.addExact(ram, other));
    }

    EnergyRow row(String host, SlotRows slot, String zone, int pueThousandths) {
        var row = new EnergyRow();
        row.setRun(run);
        row.setHost(host);
        row.setSlotStart(slot.start());
        row.setSlotLengthMillis(slot.lengthMillis());
        row.setZone(zone);
        row.setPueThousandths(pueThousandths);
        row.setProject(project);
        row.setEnergyMillijoules(energy());
        row.setCpuEnergyMillijoules(cpu);
        row.setGpuEnergyMillijoules(gpu);
        row.setRamEnergyMillijoules(ram);
        row.setOtherEnergyMillijoules(other);
        var energyByMethod = new HashMap<String, Long>();
        for (int i = 0; i < methods.length; i++) {
            if (byMethod[i] != 0) {
                energyByMethod.put(methods[i], byMethod[i]);
            }
        }
        row.setEnergyByMethod(energyByMethod);
        row.setBandMillijoules(band);
        row.setCpuTimeNanos(cpuTime);
        row.setMeasuredMillis(measured);
        return row;
    }

    OpenRow toState(String host, SlotRows slot) {
        return new OpenRow(row(host, slot, slot.zone(), slot.pueThousandths()), forwarded, written);
    }
}
