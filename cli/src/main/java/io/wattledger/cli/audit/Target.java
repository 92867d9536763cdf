package io.wattledger.cli.audit;

import io.wattledger.cli.terminal.Instants;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * What is to be explained: a run, or a host in a slot.
 *
 * @param run null for a host in a slot
 * @param host null for a run
 * @param slot start of the slot; null for a run
 */
record Target(
        @Nullable String run,
        @Nullable String host,
        @Nullable Instant slot) {

    /**
     * Reads {@code RUN} or {@code HOST/SLOT}. Names of replayed hosts have a slash of their own.
     *
     * @throws ParameterException when what follows the slash is no time
     */
    static Target of(String text, CommandLine command) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            return new Target(text, null, null);
        }
        try {
            return new Target(null, text.substring(0, slash), new Instants().convert(text.substring(slash + 1)));
        } catch (TypeConversionException e) {
            throw new ParameterException(command, "--explain " + text + ": " + e.getMessage(), e);
        }
    }

    boolean includes(RowKey row) {
        return run != null
                ? run.equals(row.run())
                : row.host().equals(host) && row.slot().equals(slot);
    }

    /** The rows that the audit compares along with it. */
    Scope scope() {
        return slot == null
                ? new Scope(null, run, null, null, null)
                : new Scope(host, null, null, slot, slot.plusMillis(1));
    }
}
