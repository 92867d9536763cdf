package io.wattledger.cli;

import io.wattledger.cli.access.AclsCommand;
import io.wattledger.cli.audit.AuditCommand;
import io.wattledger.cli.bench.BenchCommand;
import io.wattledger.cli.collector.CollectorCommand;
import io.wattledger.cli.correct.CorrectCommand;
import io.wattledger.cli.doctor.DoctorCommand;
import io.wattledger.cli.grid.IntensityCommand;
import io.wattledger.cli.grid.ZonesCommand;
import io.wattledger.cli.replay.ReplayCommand;
import io.wattledger.cli.report.ReportCommand;
import io.wattledger.cli.run.RunCommand;
import io.wattledger.cli.sensors.SensorsCommand;
import io.wattledger.cli.stack.BrokerCommand;
import io.wattledger.cli.stack.ConnectCommand;
import io.wattledger.cli.stack.DownCommand;
import io.wattledger.cli.stack.RegistryCommand;
import io.wattledger.cli.stack.StackCommand;
import io.wattledger.cli.stack.StatusCommand;
import io.wattledger.cli.stack.StreamsCommand;
import io.wattledger.cli.stack.UpCommand;
import io.wattledger.cli.terminal.Durations;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Variables;
import io.wattledger.cli.topics.TopicsCommand;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code wattledger} command. */
@Command(
        name = "wattledger",
        description = "Accounts the CO2eq of commands, hosts and fleets.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        // Every command has --help, --version and the footer.
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        footer = {"", "Exit codes: 0 fine, 1 failed, 2 wrong usage or configuration."},
        subcommands = {
            RunCommand.class,
            ReportCommand.class,
            ReplayCommand.class,
            AuditCommand.class,
            CorrectCommand.class,
            ZonesCommand.class,
            IntensityCommand.class,
            SensorsCommand.class,
            DoctorCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            TopicsCommand.class,
            AclsCommand.class,
            StackCommand.class,
            BrokerCommand.class,
            RegistryCommand.class,
            ConnectCommand.class,
            StreamsCommand.class,
            CollectorCommand.class,
            BenchCommand.class
        })
public final class Main implements Runnable {
    static final int FAILED = 1;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show stack traces of failures (also: WATTLEDGER_DEBUG=1).")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /** @param environment variables that stand for options which are not given */
    static CommandLine commandLine(Map<String, String> environment) {
        var main = new Main();
        return new CommandLine(main)
                .setUsageHelpAutoWidth(true)
                .registerConverter(Duration.class, new Durations())
                .setDefaultValueProvider(new Variables(environment))
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler((e, command, parsed) -> main.failed(e, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var err = command.getErr();
        say(err, message(e) + " (see `" + command.getCommandSpec().qualifiedName() + " --help`)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String message(ParameterException e) {
        if (e instanceof MissingParameterException missing
                && missing.getMissing().stream()
                        .anyMatch(argument -> Variables.of(argument).isPresent())) {
            return "Missing " + missing.getMissing().stream().map(Main::named).collect(Collectors.joining(" and "));
        }
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.isUnknownOption()
                        && !e.getCommandLine().getSubcommands().isEmpty()
                ? "There is no command '" + unmatched.getUnmatched().get(0) + "'"
                : String.valueOf(e.getMessage());
    }

    private static String named(ArgSpec argument) {
        var name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        return Variables.of(argument)
                .map(variable -> name + " (or the variable " + variable + ")")
                .orElse(name);
    }

    private int failed(Exception e, CommandLine command) {
        var err = command.getErr();
        if (verbose || System.getenv("WATTLEDGER_DEBUG") != null) {
            e.printStackTrace(err);
        }
        // Failures are written for the reader; anything else is a fault of ours and says what it is.
        say(err, e instanceof Failure ? String.valueOf(e.getMessage()) : "Unexpected failure: " + e);
        return FAILED;
    }

    private static void say(PrintWriter err, String message) {
        err.println(Ansi.AUTO.text("@|red wattledger:|@ ").toString() + message);
        err.flush();
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"wattledger " + (version == null ? "(development)" : version)};
        }
    }
}
