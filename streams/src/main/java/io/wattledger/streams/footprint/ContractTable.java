package io.wattledger.streams.footprint;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Supply contracts by name, zone and period. Immutable. */
final class ContractTable {
    private static final String ANYWHERE = "";

    private record For(String name, String zone, Period period) {
        static For of(Factor factor) {
            return new For(factor.name(), factor.zone(), factor.period());
        }
    }

    private final Map<For, Contract> contracts;

    /** @param factors those of contracts are taken, all instruments of a contract and period together */
    ContractTable(Collection<Factor> factors) {
        contracts = factors.stream()
                .filter(factor -> factor.kind() == FactorKind.CONTRACT_G_PER_KWH)
                .collect(groupingBy(For::of))
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, entry -> Contract.of(entry.getValue())));
    }

    /**
     * The contract of the nearest zone that has one for just this month, else for its year, else for any. Certificates are
     * of a vintage, so one of another year does not count.
     *
     * @param zones zone and those around it, from the inside outwards
     */
    @Nullable
    Contract find(String name, List<String> zones, YearMonth month) {
        return Stream.concat(zones.stream(), Stream.of(ANYWHERE))
                .flatMap(zone -> Stream.of(Period.of(month), Period.of(month.getYear()), Period.ANY)
                        .map(period -> contracts.get(new For(name, zone, period))))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
