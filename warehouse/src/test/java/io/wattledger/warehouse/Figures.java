package io.wattledger.warehouse;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Integers by what they are of, once as a query gives them and once as they are added up here. */
final class Figures {
    private Figures() {}

    /** The answer of a query: these columns by those. */
    static Map<List<Object>, List<Long>> of(List<Map<String, Object>> answer, List<String> by, List<String> columns) {
        var figures = new LinkedHashMap<List<Object>, List<Long>>();
        for (var row : answer) {
            var key = Arrays.asList(by.stream().map(row::get).toArray());
            figures.put(
                    key, columns.stream().map(column -> exact(row.get(column))).toList());
        }
        return figures;
    }

    private static long exact(Object number) {
        return new BigDecimal(number.toString()).longValueExact();
    }

    @SafeVarargs
    static <T> Map<List<Object>, List<Long>> sums(
            Collection<T> records, Function<T, List<Object>> by, ToLongFunction<T>... figures) {
        var sums = new LinkedHashMap<List<Object>, List<Long>>();
        for (var one : records) {
            var amounts = Arrays.stream(figures)
                    .map(figure -> figure.applyAsLong(one))
                    .toList();
            sums.merge(by.apply(one), amounts, Figures::plus);
        }
        return sums;
    }

    private static List<Long> plus(List<Long> some, List<Long> more) {
        return IntStream.range(0, some.size())
                .mapToObj(index -> Math.addExact(some.get(index), more.get(index)))
                .toList();
    }
}
