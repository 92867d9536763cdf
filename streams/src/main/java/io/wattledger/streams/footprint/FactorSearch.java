package io.wattledger.streams.footprint;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.WaterIntensity;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.streams.footprint.RowFactors.Residual;
import io.wattledger.streams.footprint.RowFactors.WaterFactor;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the factors of a host in a zone and year: what the host says of itself goes before what the tables say. */
final class FactorSearch {
    private static final Logger LOG = LoggerFactory.getLogger(FactorSearch.class);

    /** Name in the table for a host of any cloud provider. */
    private static final String ANY_CLOUD = "cloud";

    private static final String NO_NAME = "";

    private final FootprintSettings settings;
    private final FactorTable table;
    private final ContractTable contracts;
    private final HardwareSearch hardware;
    private final Set<String> missingContracts = ConcurrentHashMap.newKeySet();

    FactorSearch(FootprintSettings settings, Collection<Factor> factors) {
        this.settings = settings;
        this.table = new FactorTable(factors);
        this.contracts = new ContractTable(factors);
        this.hardware = new HardwareSearch(table);
    }

    RowFactors find(
            String host,
            @Nullable HostProfile profile,
            @Nullable String contract,
            List<String> zones,
            YearMonth month) {
        int year = month.getYear();
        return new RowFactors(
                settings.market() ? contract(contract, zones, month) : null,
                settings.market() ? residual(zones, month) : null,
                settings.water() ? onSiteWater(host, profile, zones, year) : null,
                settings.water() ? sourceWater(zones, year) : null,
                settings.embodied() && profile != null ? hardware.find(host, profile) : null);
    }

    private @Nullable Contract contract(@Nullable String name, List<String> zones, YearMonth month) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        var found = contracts.find(name, zones, month);
        if (found == null && missingContracts.add(name + " " + month.getYear())) {
            LOG.warn(
                    "No factor for the contract '{}' in {} of {}; its rows use the residual mix or the grid's average."
                            + " Add a row {} to the file of {}",
                    name,
                    zones,
                    month,
                    FactorKind.CONTRACT_G_PER_KWH,
                    FootprintSettings.FACTORS_FILE);
        }
        return found;
    }

    private @Nullable Residual residual(List<String> zones, YearMonth month) {
        var found = table.nearest(FactorKind.RESIDUAL_MIX_G_PER_KWH, zones, month);
        return found == null
                ? null
                : new Residual(
                        CarbonIntensity.ofGramsPerKwh(found.value()),
                        found.period().year(),
                        found.source());
    }

    private @Nullable WaterFactor onSiteWater(
            String host, @Nullable HostProfile profile, List<String> zones, int year) {
        if (profile != null && isPlausible(profile.getWaterMillilitresPerKwh())) {
            return new WaterFactor(
                    WaterIntensity.ofMillilitresPerKwh(profile.getWaterMillilitresPerKwh()), "host profile");
        }
        var found = table.nearest(FactorKind.ON_SITE_WATER_L_PER_KWH, host, zones, year);
        var provider = profile == null ? null : profile.getProvider();
        if (found == null && provider != null) {
            found = table.nearest(FactorKind.ON_SITE_WATER_L_PER_KWH, provider, zones, year);
        }
        if (found == null && provider != null) {
            found = table.nearest(FactorKind.ON_SITE_WATER_L_PER_KWH, ANY_CLOUD, zones, year);
        }
        return water(found);
    }

    private static boolean isPlausible(@Nullable Long millilitresPerKwh) {
        return millilitresPerKwh != null
                && FactorKind.ON_SITE_WATER_L_PER_KWH.allows(BigDecimal.valueOf(millilitresPerKwh, 3));
    }

    private @Nullable WaterFactor sourceWater(List<String> zones, int year) {
        return water(table.nearest(FactorKind.SOURCE_WATER_L_PER_KWH, NO_NAME, zones, year));
    }

    private static @Nullable WaterFactor water(@Nullable Factor factor) {
        return factor == null
                ? null
                : new WaterFactor(WaterIntensity.ofLitresPerKwh(factor.value()), factor.provenance());
    }
}
