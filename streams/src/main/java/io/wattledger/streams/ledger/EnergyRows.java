package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.LedgerKey;
import java.time.Instant;
import java.util.HashMap;

/** Energy rows: empty ones, adding to them, their key. */
final class EnergyRows {
    private EnergyRows() {}

    static EnergyRow empty(
            String run, String host, Instant slot, long slotLengthMillis, String zone, int pue, String project) {
        var row = new EnergyRow();
        row.setRun(run);
        row.setHost(host);
        row.setSlotStart(slot);
        row.setSlotLengthMillis(slotLengthMillis);
        row.setZone(zone);
        row.setPueThousandths(pue);
        row.setProject(project);
        row.setEnergyByMethod(new HashMap<>());
        return row;
    }

    static void addDevice(EnergyRow row, DeviceKind kind, String method, long energy, long band) {
        if (energy == 0 && band == 0) {
            return;
        }
        switch (kind) {
            case CPU -> row.setCpuEnergyMillijoules(Math.addExact(row.getCpuEnergyMillijoules(), energy));
            case GPU -> row.setGpuEnergyMillijoules(Math.addExact(row.getGpuEnergyMillijoules(), energy));
            case RAM -> row.setRamEnergyMillijoules(Math.addExact(row.getRamEnergyMillijoules(), energy));
            case HOST, OTHER -> row.setOtherEnergyMillijoules(Math.addExact(row.getOtherEnergyMillijoules(), energy));
        }
        row.setEnergyMillijoules(Math.addExact(row.getEnergyMillijoules(), energy));
        row.getEnergyByMethod().merge(method, energy, Math::addExact);
        row.setBandMillijoules(Math.addExact(row.getBandMillijoules(), band));
    }

    /** Adds a part of the same key. */
    static void add(EnergyRow row, EnergyRow part) {
        row.setEnergyMillijoules(Math.addExact(row.getEnergyMillijoules(), part.getEnergyMillijoules()));
        row.setCpuEnergyMillijoules(Math.addExact(row.getCpuEnergyMillijoules(), part.getCpuEnergyMillijoules()));
        row.setGpuEnergyMillijoules(Math.addExact(row.getGpuEnergyMillijoules(), part.getGpuEnergyMillijoules()));
        row.setRamEnergyMillijoules(Math.addExact(row.getRamEnergyMillijoules(), part.getRamEnergyMillijoules()));
        row.setOtherEnergyMillijoules(Math.addExact(row.getOtherEnergyMillijoules(), part.getOtherEnergyMillijoules()));
        row.setBandMillijoules(Math.addExact(row.getBandMillijoules(), part.getBandMillijoules()));
        row.setCpuTimeNanos(Math.addExact(row.getCpuTimeNanos(), part.getCpuTimeNanos()));
        part.getEnergyByMethod()
                .forEach((method, energy) -> row.getEnergyByMethod().merge(method, energy, Math::addExact));
    }

    static LedgerKey key(EnergyRow row) {
        return new LedgerKey(row.getRun(), row.getHost(), row.getSlotStart(), row.getZone(), row.getPueThousandths());
    }
}
