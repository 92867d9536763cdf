package io.wattledger.streams.footprint;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a row of a table of factors gives; the names in the table end with the unit. */
enum FactorKind {
    /** Of a supply contract, by its name; with a period, in that period only; with a zone, in that zone only. */
    CONTRACT_G_PER_KWH(Need.REQUIRED, Need.ALLOWED),
    RESIDUAL_MIX_G_PER_KWH(Need.REFUSED, Need.REQUIRED),
    /** By host, else by provider, else for {@code cloud}: a host of any provider. */
    ON_SITE_WATER_L_PER_KWH(Need.REQUIRED, Need.ALLOWED),
    SOURCE_WATER_L_PER_KWH(Need.REFUSED, Need.REQUIRED),
    /** Embodied emissions by host, else by {@code provider:instance type}. */
    EMBODIED_KG(Need.REQUIRED, Need.REFUSED),
    /** By host, else by {@code provider:instance type}, else of any machine. */
    LIFETIME_YEARS(Need.ALLOWED, Need.REFUSED),
    SERVER_BASE_KG(Need.REFUSED, Need.REFUSED),
    /** Memory that is in the base. */
    SERVER_BASE_GIB(Need.REFUSED, Need.REFUSED),
    SERVER_SOCKET_KG(Need.REFUSED, Need.REFUSED),
    /** Of each gibibyte of memory. */
    SERVER_MEMORY_KG(Need.REFUSED, Need.REFUSED),
    SERVER_GPU_KG(Need.REFUSED, Need.REFUSED);

    /** Whether a row of the kind has a name, or a zone. */
    enum Need {
        REQUIRED,
        ALLOWED,
        REFUSED;

        boolean fits(String text) {
            return switch (this) {
                case REQUIRED -> !text.isEmpty();
                case ALLOWED -> true;
                case REFUSED -> text.isEmpty();
            };
        }
    }

    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal LONGEST_LIFE = BigDecimal.valueOf(100);

    final Need name;
    final Need zone;

    FactorKind(Need name, Need zone) {
        this.name = name;
        this.zone = zone;
    }

    /** Whether it may be of a month: what is bought and what is left of it is accounted for by months or years. */
    boolean hasMonths() {
        return this == CONTRACT_G_PER_KWH || this == RESIDUAL_MIX_G_PER_KWH;
    }

    /** Whether the value can be one of this kind: not below 0, and not absurd. */
    boolean allows(BigDecimal value) {
        return this == LIFETIME_YEARS
                ? value.signum() > 0 && value.compareTo(LONGEST_LIFE) <= 0
                : value.signum() >= 0 && value.compareTo(LARGEST) <= 0;
    }

    static Optional<FactorKind> named(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
