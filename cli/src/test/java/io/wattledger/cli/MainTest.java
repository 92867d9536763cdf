package io.wattledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    /** Every command there is, with its parents. */
    static List<CommandLine> commands() {
        var commands = new ArrayList<CommandLine>();
        collect(Main.commandLine(), commands);
        return commands;
    }

    private static void collect(CommandLine command, List<CommandLine> commands) {
        commands.add(command);
        new LinkedHashSet<>(command.getSubcommands().values()).forEach(sub -> collect(sub, commands));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAndEachOfItsOptionsIsExplained(CommandLine command) {
        var spec = command.getCommandSpec();
        assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
        for (var option : spec.options()) {
            assertThat(option.description())
                    .as(spec.qualifiedName() + " " + option.longestName())
                    .isNotEmpty();
        }
        for (var parameter : spec.positionalParameters()) {
            assertThat(parameter.description())
                    .as(spec.qualifiedName() + " " + parameter.paramLabel())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(CommandLine command) {
        var words =
                new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ")));
        words.remove(0);
        words.add("--help");
        var run = CommandRun.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: " + command.getCommandSpec().qualifiedName());
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "up --nonsense",
                "up --api-port 99999",
                "up --api-port http",
                "report --limit -3",
                "report --as-of soon",
                "topics",
                "topics create",
                "topics create --bootstrap-servers localhost:9092 --partitions 0",
                "connect --bootstrap-servers localhost:9092",
                "stack --idle-time soon"
            })
    void wrongUsageIsOneLineAndExitCode2(String arguments) {
        var run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().startsWith("wattledger: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void namesTheCommandThatThereIsNot() {
        assertThat(CommandRun.of("nonsense").err())
                .contains("There is no command 'nonsense' (see `wattledger --help`)");
    }

    @Test
    void saysItsVersion() {
        assertThat(CommandRun.of("--version").out()).startsWith("wattledger ");
    }
}
