package io.wattledger.cli.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says where a command makes its temporary folder. */
public final class WorkDirectoryOption {
    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description =
                    "Where the temporary folder goes; it takes some KB for each sample or record. Default: that of"
                            + " the system.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** @throws ParameterException when it is not a folder */
    public Path get() {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "--work-dir " + directory + " is not a folder");
        }
        return directory;
    }
}
