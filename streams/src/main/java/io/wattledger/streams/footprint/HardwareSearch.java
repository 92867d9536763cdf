package io.wattledger.streams.footprint;

import io.wattledger.accounting.footprint.ServerEstimate;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.streams.footprint.RowFactors.Hardware;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the embodied emissions of a host: its profile's, else the tables', else an estimate from its sizes. */
final class HardwareSearch {
    /** 24 × 365 hours, as in the example of the SCI specification (four years are 35,040 hours). */
    private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();

    private static final String ANY_MACHINE = "";
    private static final List<String> NO_ZONE = List.of();

    private final FactorTable table;

    HardwareSearch(FactorTable table) {
        this.table = table;
    }

    @Nullable
    Hardware find(String host, HostProfile profile) {
        var lifetime = lifetimeMillis(host, profile);
        if (profile.getCpuLogical() <= 0 || lifetime == null) {
            return null;
        }
        var own = profile.getEmbodiedGrams();
        if (own != null && FactorKind.EMBODIED_KG.allows(BigDecimal.valueOf(own, 3))) {
            var source = Objects.requireNonNullElse(profile.getEmbodiedSource(), "host profile");
            return hardware(own, lifetime, profile, source);
        }
        var published = ofHost(FactorKind.EMBODIED_KG, host, profile);
        if (published != null) {
            return hardware(grams(published), lifetime, profile, published.provenance());
        }
        return estimate(lifetime, profile);
    }

    private @Nullable Hardware estimate(long lifetime, HostProfile profile) {
        var base = ofServer(FactorKind.SERVER_BASE_KG);
        var baseMemory = ofServer(FactorKind.SERVER_BASE_GIB);
        var socket = ofServer(FactorKind.SERVER_SOCKET_KG);
        var memory = ofServer(FactorKind.SERVER_MEMORY_KG);
        var gpu = ofServer(FactorKind.SERVER_GPU_KG);
        if (base == null || baseMemory == null || socket == null || memory == null || gpu == null) {
            return null;
        }
        var estimate = new ServerEstimate(
                grams(base),
                baseMemory.value().setScale(0, RoundingMode.HALF_EVEN).longValueExact(),
                grams(socket),
                scaled(memory, 6),
                grams(gpu));
        int sockets = profile.getCpuSockets();
        int gpus = profile.getGpus().size();
        long memoryBytes = profile.getMemoryBytes();
        var source = "estimate for " + count(sockets, "socket") + ", " + (memoryBytes >> 30) + " GiB, "
                + count(gpus, "GPU") + ", " + base.source();
        return hardware(estimate.grams(sockets, memoryBytes, gpus), lifetime, profile, source);
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static Hardware hardware(long grams, long lifetimeMillis, HostProfile profile, String source) {
        var years = BigDecimal.valueOf(lifetimeMillis)
                .divide(BigDecimal.valueOf(YEAR_MILLIS), 1, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
        var kilograms = BigDecimal.valueOf(grams, 3).setScale(0, RoundingMode.HALF_EVEN);
        return new Hardware(
                grams, lifetimeMillis, profile.getCpuLogical(), kilograms + " kg over " + years + " years: " + source);
    }

    private @Nullable Long lifetimeMillis(String host, HostProfile profile) {
        var own = profile.getLifetimeMillis();
        if (own != null && FactorKind.LIFETIME_YEARS.allows(BigDecimal.valueOf((double) own / YEAR_MILLIS))) {
            return own;
        }
        var years = ofHost(FactorKind.LIFETIME_YEARS, host, profile);
        if (years == null) {
            years = table.nearest(FactorKind.LIFETIME_YEARS, ANY_MACHINE, NO_ZONE, Period.ANY_YEAR);
        }
        return years == null
                ? null
                : years.value()
                        .multiply(BigDecimal.valueOf(YEAR_MILLIS))
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact();
    }

    private @Nullable Factor ofHost(FactorKind kind, String host, HostProfile profile) {
        var instance = profile.getProvider() + ":" + profile.getInstanceType();
        return Stream.of(host, instance)
                .map(name -> table.nearest(kind, name, NO_ZONE, Period.ANY_YEAR))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Factor ofServer(FactorKind kind) {
        return table.nearest(kind, ANY_MACHINE, NO_ZONE, Period.ANY_YEAR);
    }

    private static long grams(Factor kilograms) {
        return scaled(kilograms, 3);
    }

    private static long scaled(Factor factor, int digits) {
        return factor.value()
                .movePointRight(digits)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
