package io.wattledger.cli.report;

import io.wattledger.cli.terminal.Instants;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;

/** Reads stamps: times in ISO 8601, as reports print them, or milliseconds since 1970. */
final class Stamps implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        var trimmed = text.strip();
        return !trimmed.isEmpty() && trimmed.chars().allMatch(Character::isDigit)
                ? Instant.ofEpochMilli(Long.parseLong(trimmed))
                : new Instants().convert(trimmed);
    }
}
