package io.wattledger.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the work of the command is counted in, and where the count comes from. */
final class UnitOptions {
    @Option(
            names = "--unit",
            paramLabel = "NAME",
            description =
                    "What the work is counted in, for example request: the emissions per unit (SCI score) are reported too."
                            + " The command writes the count to the file named by its variable " + Work.FILE_VARIABLE
                            + ", unless --units says it.")
    private @Nullable String unit;

    @Option(names = "--units", paramLabel = "N", description = "The count, where it is known beforehand.")
    private @Nullable Long count;

    @Option(
            names = "--units-file",
            paramLabel = "FILE",
            description = "File that the command writes the count to. Default: a temporary one.")
    private @Nullable Path file;

    /** @throws ParameterException when they do not go together */
    void check(CommandLine terminal) {
        if (unit == null && (count != null || file != null)) {
            throw new ParameterException(terminal, "Units of what? Name them, for example --unit request");
        }
        if (unit != null && unit.isBlank()) {
            throw new ParameterException(terminal, "--unit is empty; name what is counted, for example request");
        }
        if (count != null && file != null) {
            throw new ParameterException(terminal, "Give --units or --units-file, not both");
        }
        if (count != null && count < 0) {
            throw new ParameterException(terminal, "--units " + count + " is below 0; give a whole number");
        }
    }

    /** The work as asked for; call it before the command starts. */
    Work work() throws IOException {
        if (unit == null) {
            return Work.NOT_COUNTED;
        }
        return count != null ? Work.counted(unit, count) : Work.written(unit, file);
    }
}
