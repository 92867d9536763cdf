package io.wattledger.streams.footprint;

import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.footprint.EmbodiedFormula;
import io.wattledger.accounting.footprint.MarketBasis;
import io.wattledger.accounting.footprint.WaterFormula;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.Footprint;
import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.HostProfile;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The further columns of ledger rows and their sums. Safe for use by several threads. */
public final class Footprints {
    private static final int REMEMBERED_PLACES = 10_000;

    private final FootprintSettings settings;
    private final @Nullable FactorSearch search;
    private final Map<Place, Found> found = new ConcurrentHashMap<>();

    private record Place(String host, String zone, YearMonth month) {}

    /** The factors of a place, and what else they were found for. */
    private record Found(
            @Nullable HostProfile profile, @Nullable String contract, List<String> zones, RowFactors factors) {
        boolean isFor(@Nullable HostProfile profile, @Nullable String contract, List<String> zones) {
            return (this.profile == profile || Objects.equals(this.profile, profile))
                    && Objects.equals(this.contract, contract)
                    && this.zones.equals(zones);
        }
    }

    private Footprints(FootprintSettings settings, @Nullable FactorSearch search) {
        this.settings = settings;
        this.search = search;
    }

    /**
     * Reads the tables, when anything is switched on.
     *
     * @throws ConfigException when the user's table cannot be used, naming each line and why
     */
    public static Footprints of(FootprintSettings settings) {
        if (settings.allOff()) {
            return new Footprints(settings, null);
        }
        var factors = new ArrayList<>(FactorFile.builtIn());
        if (settings.factorsFile() != null) {
            factors.addAll(FactorFile.read(settings.factorsFile()));
        }
        return new Footprints(settings, new FactorSearch(settings, factors));
    }

    /**
     * The further columns of a row; null when all are switched off.
     *
     * @param row its zone and PUE are those it is accounted with
     * @param locationMicrogramsPerKwh carbon intensity of its location-based emissions; null when none is known
     * @param profile its host, or null when it has not described itself
     * @param correctedContract contract that a correction has put in place of the profile's, or null
     * @param zones the row's zone and those around it, from the inside outwards
     */
    public @Nullable Footprint of(
            EnergyRow row,
            @Nullable Long locationMicrogramsPerKwh,
            @Nullable HostProfile profile,
            @Nullable String correctedContract,
            List<String> zones) {
        if (search == null) {
            return null;
        }
        var factors = factors(search, row, profile, correctedContract, zones);
        var footprint = empty();
        if (settings.market()) {
            setMarket(footprint, row, Market.of(factors, locationMicrogramsPerKwh, year(row)));
        }
        setWater(footprint, row, factors);
        setEmbodied(footprint, row, factors);
        return footprint;
    }

    private static Footprint empty() {
        var footprint = new Footprint();
        footprint.setMarketBasis("");
        footprint.setMarketSource("");
        footprint.setOnSiteWaterSource("");
        footprint.setSourceWaterSource("");
        footprint.setEmbodiedSource("");
        return footprint;
    }

    private RowFactors factors(
            FactorSearch search,
            EnergyRow row,
            @Nullable HostProfile profile,
            @Nullable String correctedContract,
            List<String> zones) {
        var month = YearMonth.from(row.getSlotStart().atOffset(ZoneOffset.UTC));
        var contract = correctedContract != null || profile == null ? correctedContract : profile.getContract();
        var place = new Place(row.getHost(), row.getZone(), month);
        var known = found.get(place);
        if (known != null && known.isFor(profile, contract, zones)) {
            return known.factors();
        }
        var factors = search.find(row.getHost(), profile, contract, zones, month);
        if (found.size() >= REMEMBERED_PLACES) {
            found.clear();
        }
        found.put(place, new Found(profile, contract, List.copyOf(zones), factors));
        return factors;
    }

    private static int year(EnergyRow row) {
        return row.getSlotStart().atOffset(ZoneOffset.UTC).getYear();
    }

    private static void setMarket(Footprint footprint, EnergyRow row, @Nullable Market market) {
        if (market == null) {
            return;
        }
        footprint.setMarketIntensityMicrogramsPerKwh(market.intensity().microgramsPerKwh());
        footprint.setMarketBasis(market.basis());
        footprint.setMarketYear(market.year());
        footprint.setMarketSource(market.source());
        footprint.setMarketEmissionsMicrograms(
                EmissionFormula.of(it(row), pue(row), market.intensity()).micrograms());
        var facility = pue(row).facility(it(row));
        footprint.setMarketContractMillijoules(market.byContract(facility).millijoules());
        footprint.setMarketResidualMixMillijoules(
                market.by(MarketBasis.RESIDUAL_MIX, facility).millijoules());
        footprint.setMarketLocationMillijoules(
                market.by(MarketBasis.LOCATION, facility).millijoules());
    }

    private static void setWater(Footprint footprint, EnergyRow row, RowFactors factors) {
        var onSite = factors.onSiteWater();
        if (onSite != null) {
            footprint.setOnSiteWaterMicrolitres(
                    WaterFormula.onSite(it(row), onSite.intensity()).microlitres());
            footprint.setOnSiteWaterSource(onSite.source());
        }
        var atSource = factors.sourceWater();
        if (atSource != null) {
            footprint.setSourceWaterMicrolitres(WaterFormula.atSource(it(row), pue(row), atSource.intensity())
                    .microlitres());
            footprint.setSourceWaterSource(atSource.source());
        }
    }

    /** The row's share is what it has used of the time of all processors: RS × TS of the SCI specification. */
    private static void setEmbodied(Footprint footprint, EnergyRow row, RowFactors factors) {
        var hardware = factors.hardware();
        if (hardware != null) {
            footprint.setEmbodiedMicrograms(EmbodiedFormula.share(
                            hardware.grams(), hardware.lifetimeMillis(), row.getCpuTimeNanos(), hardware.processors())
                    .micrograms());
            footprint.setEmbodiedSource(hardware.source());
        }
    }

    private static Energy it(EnergyRow row) {
        return new Energy(row.getEnergyMillijoules());
    }

    private static Pue pue(EnergyRow row) {
        return new Pue(row.getPueThousandths());
    }

    /** What the change of a row adds to a total; null when neither has any further column. */
    public static @Nullable FootprintTotal change(@Nullable Footprint before, @Nullable Footprint after) {
        return total(
                difference(
                        before == null ? null : before.getMarketEmissionsMicrograms(),
                        after == null ? null : after.getMarketEmissionsMicrograms()),
                difference(
                        before == null ? null : before.getMarketContractMillijoules(),
                        after == null ? null : after.getMarketContractMillijoules()),
                difference(
                        before == null ? null : before.getMarketResidualMixMillijoules(),
                        after == null ? null : after.getMarketResidualMixMillijoules()),
                difference(
                        before == null ? null : before.getMarketLocationMillijoules(),
                        after == null ? null : after.getMarketLocationMillijoules()),
                difference(
                        before == null ? null : before.getOnSiteWaterMicrolitres(),
                        after == null ? null : after.getOnSiteWaterMicrolitres()),
                difference(
                        before == null ? null : before.getSourceWaterMicrolitres(),
                        after == null ? null : after.getSourceWaterMicrolitres()),
                difference(
                        before == null ? null : before.getEmbodiedMicrograms(),
                        after == null ? null : after.getEmbodiedMicrograms()));
    }

    /** A total and a change; null when neither has any further column. */
    public static @Nullable FootprintTotal add(@Nullable FootprintTotal sum, @Nullable FootprintTotal change) {
        if (sum == null || change == null) {
            return sum == null ? change : sum;
        }
        return total(
                sum(sum.getMarketEmissionsMicrograms(), change.getMarketEmissionsMicrograms()),
                sum(sum.getMarketContractMillijoules(), change.getMarketContractMillijoules()),
                sum(sum.getMarketResidualMixMillijoules(), change.getMarketResidualMixMillijoules()),
                sum(sum.getMarketLocationMillijoules(), change.getMarketLocationMillijoules()),
                sum(sum.getOnSiteWaterMicrolitres(), change.getOnSiteWaterMicrolitres()),
                sum(sum.getSourceWaterMicrolitres(), change.getSourceWaterMicrolitres()),
                sum(sum.getEmbodiedMicrograms(), change.getEmbodiedMicrograms()));
    }

    private static @Nullable FootprintTotal total(
            @Nullable Long market,
            @Nullable Long byContract,
            @Nullable Long byResidualMix,
            @Nullable Long byLocation,
            @Nullable Long onSite,
            @Nullable Long source,
            @Nullable Long embodied) {
        return market == null && onSite == null && source == null && embodied == null
                ? null
                : new FootprintTotal(market, onSite, source, embodied, byContract, byResidualMix, byLocation);
    }

    private static @Nullable Long difference(@Nullable Long before, @Nullable Long after) {
        return before == null ? after : sum(-before, after);
    }

    private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
        return a == null || b == null ? (a == null ? b : a) : Long.valueOf(Math.addExact(a, b));
    }
}
