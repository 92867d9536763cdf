package io.wattledger.grid.entsoe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Emission factors per type of plant. Immutable. */
final class FactorSet {
    /** Those that come with the program; the first one is the field's standard. */
    static final List<String> BUILT_IN = List.of("ipcc-ar5-2014", "unece-2021");

    /** What a type is taken for that the table does not have: {@code Other}. */
    private static final String OTHER = "B20";

    private static final int VERSION_DIGITS = 8;

    private final String name;
    private final SortedMap<String, TypeFactor> factors;

    private FactorSet(String name, Map<String, TypeFactor> factors) {
        this.name = name;
        this.factors = new TreeMap<>(factors);
    }

    /** @param name one of {@link #BUILT_IN} */
    static FactorSet builtIn(String name) {
        var resource = name + ".csv";
        try (var in = Objects.requireNonNull(FactorSet.class.getResourceAsStream(resource), resource);
                var text = new InputStreamReader(in, UTF_8)) {
            return new FactorSet(name, FactorTableReader.read(text, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * This set with the rows of a file in the same format in place of its own.
     *
     * @throws ConfigException when the file cannot be used, naming each line and why
     */
    FactorSet including(Path file) {
        try (var text = Files.newBufferedReader(file)) {
            var all = new TreeMap<>(factors);
            all.putAll(FactorTableReader.read(text, file.toString()));
            return new FactorSet(name + " with " + file.getFileName(), all);
        } catch (IOException e) {
            throw new ConfigException(
                    EntsoeProvider.FACTORS_FILE, file, "Cannot be read (" + e + "); name a readable CSV file in UTF-8");
        }
    }

    /** The factor of a type; a type that nobody knows yet counts as {@code Other}. */
    TypeFactor of(String type) {
        var known = factors.get(type);
        return known == null ? Objects.requireNonNull(factors.get(OTHER)) : known;
    }

    /** Name and version; the version is made of the factors, so that it changes with any of them. */
    String nameAndVersion() {
        var content = factors.values().stream()
                .map(factor -> factor.type() + " " + micrograms(factor.intensity()) + " " + factor.origin())
                .collect(Collectors.joining("\n"));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return name + " " + HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String micrograms(@Nullable CarbonIntensity intensity) {
        return intensity == null ? "" : Long.toString(intensity.microgramsPerKwh());
    }
}
