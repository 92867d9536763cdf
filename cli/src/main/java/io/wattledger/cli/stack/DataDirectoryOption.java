package io.wattledger.cli.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the data directory. */
public final class DataDirectoryOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the stack keeps its data (also: WATTLEDGER_DATA_DIR)."
                    + " Default: wattledger in XDG_DATA_HOME, else ~/.local/share/wattledger.")
    private @Nullable Path dataDirectory;

    public DataDirectory get() {
        return DataDirectory.choose(dataDirectory, System.getenv());
    }
}
