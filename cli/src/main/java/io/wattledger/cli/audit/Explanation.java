package io.wattledger.cli.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostCorrection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The chain from samples to emissions of one row, with the numbers. */
final class Explanation {
    private static final int DECIMALS = 3;

    private final Explained row;
    private final EmissionRow derived;

    Explanation(Explained row) {
        this.row = row;
        this.derived = row.derived();
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("run " + derived.getRun() + " on host " + derived.getHost() + ", slot " + derived.getSlotStart()
                + " + " + Duration.ofMillis(derived.getSlotLengthMillis()).toMinutes() + " min");
        lines.addAll(sources());
        for (var device : row.chain().devices()) {
            lines.add("  energy     %s %s by %s: %d mJ, of which this run %d mJ"
                    .formatted(device.kind, device.device, device.method, device.whole(), device.part()));
        }
        lines.add("  row        " + components() + " = " + derived.getEnergyMillijoules() + " mJ");
        lines.add("  PUE        " + pue() + by("PUE", row.pue()));
        lines.add("  intensity  " + derived.getIntensityMicrogramsPerKwh() + " µg/kWh, " + intensity()
                + by("zone", row.zone()));
        lines.add("  emissions  " + formula() + " = " + quotient().toPlainString() + " → "
                + derived.getEmissionsMicrograms() + " µg CO2eq");
        lines.add("  ledger     " + ledger());
        return lines;
    }

    private List<String> sources() {
        var chain = row.chain();
        if (!chain.holes().isEmpty()) {
            return chain.holes().stream()
                    .map(part ->
                            "  hole       %s to %s, %d ms of it in this slot: between seq %d of session %s and seq %d of session %s"
                                    .formatted(
                                            part.hole().before().last().getEnd(),
                                            part.hole().after().first.getStart(),
                                            part.millis(),
                                            part.hole().before().last().getSeq(),
                                            part.hole().before().session,
                                            part.hole().after().first.getSeq(),
                                            part.hole().after().session))
                    .toList();
        }
        if (chain.samples() == 0) {
            return List.of("  samples    not kept any more; the energy is as the energy ledger has it");
        }
        return List.of("  samples    " + chain.samples() + ": "
                + chain.sequences().stream()
                        .map(run -> "seq " + run.firstSeq() + " to " + run.lastSeq() + " of session " + run.session())
                        .collect(Collectors.joining("; ")));
    }

    private String components() {
        return "cpu %d + gpu %d + ram %d + other %d"
                .formatted(
                        derived.getCpuEnergyMillijoules(),
                        derived.getGpuEnergyMillijoules(),
                        derived.getRamEnergyMillijoules(),
                        derived.getOtherEnergyMillijoules());
    }

    private BigDecimal pue() {
        return BigDecimal.valueOf(derived.getPueThousandths(), 3);
    }

    private static String by(String what, @Nullable HostCorrection correction) {
        return correction == null
                ? ""
                : "; " + what + " put right by " + correction.getWho() + " on " + correction.getMade() + ": "
                        + correction.getWhy();
    }

    private String intensity() {
        var version = derived.getIntensityVersion();
        var of = derived.getIntensityYear() == 0 ? "" : " " + derived.getIntensityYear();
        return switch (derived.getRung()) {
            case NONE -> "none is known for zone " + derived.getZone();
            default ->
                "%s %s%s (%s), %s%s"
                        .formatted(
                                derived.getRung(),
                                derived.getIntensityZone(),
                                of,
                                derived.getIntensityMethod(),
                                derived.getIntensitySource(),
                                version == null ? "" : ", version " + version);
        };
    }

    private String formula() {
        return derived.getEnergyMillijoules() + " mJ × " + pue() + " × " + derived.getIntensityMicrogramsPerKwh()
                + " µg/kWh ÷ " + Energy.MILLIJOULES_PER_KWH + " mJ/kWh";
    }

    /** For people to see that the rounded figure is near; the figure itself is computed by the formula of accounting. */
    private BigDecimal quotient() {
        return BigDecimal.valueOf(derived.getEnergyMillijoules())
                .multiply(pue())
                .multiply(BigDecimal.valueOf(derived.getIntensityMicrogramsPerKwh()))
                .divide(BigDecimal.valueOf(Energy.MILLIJOULES_PER_KWH), DECIMALS, RoundingMode.HALF_EVEN);
    }

    private String ledger() {
        var ledger = row.ledger();
        if (ledger == null) {
            return "has no such row";
        }
        boolean same = ledger.getEmissionsMicrograms() == derived.getEmissionsMicrograms()
                && ledger.getEnergyMillijoules() == derived.getEnergyMillijoules();
        return ledger.getEnergyMillijoules() + " mJ, " + ledger.getEmissionsMicrograms() + " µg CO2eq, revision "
                + ledger.getRevision() + ", known at " + ledger.getKnownAt() + (same ? ": the same" : ": DIFFERENT");
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("run", derived.getRun());
        json.put("host", derived.getHost());
        json.put("slot", derived.getSlotStart().toString());
        json.put("slot_length_s", derived.getSlotLengthMillis() / 1000);
        json.put("samples", row.chain().samples());
        var sequences = json.putArray("sequences");
        row.chain().sequences().forEach(run -> sequences
                .addObject()
                .put("session", run.session())
                .put("first", run.firstSeq())
                .put("last", run.lastSeq()));
        var holes = json.putArray("holes");
        row.chain().holes().forEach(part -> holes.addObject()
                .put("from", part.hole().before().last().getEnd().toString())
                .put("to", part.hole().after().first.getStart().toString())
                .put("ms_in_slot", part.millis()));
        var devices = json.putArray("devices");
        row.chain().devices().forEach(device -> devices.addObject()
                .put("device", device.device)
                .put("kind", device.kind)
                .put("method", device.method)
                .put("energy_mj", device.whole())
                .put("of_this_run_mj", device.part()));
        json.put("energy_mj", derived.getEnergyMillijoules());
        json.put("pue", pue());
        json.put("zone", derived.getZone());
        var intensity = json.putObject("intensity");
        intensity.put("ug_per_kwh", derived.getIntensityMicrogramsPerKwh());
        intensity.put("rung", derived.getRung().name());
        intensity.put("zone", derived.getIntensityZone());
        intensity.put("year", derived.getIntensityYear());
        intensity.put("method", derived.getIntensityMethod());
        intensity.put("source", derived.getIntensitySource());
        var version = derived.getIntensityVersion();
        intensity.put("version", version == null ? null : version.toString());
        json.put("formula", formula());
        json.put("emissions_ug", derived.getEmissionsMicrograms());
        var ledger = row.ledger();
        json.put("ledger_energy_mj", ledger == null ? null : ledger.getEnergyMillijoules());
        json.put("ledger_emissions_ug", ledger == null ? null : ledger.getEmissionsMicrograms());
        return json;
    }
}
