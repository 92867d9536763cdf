package io.wattledger.cli.terminal;

import java.io.Console;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;

/** The terminal that standard output goes to. */
public final class Terminal {
    private Terminal() {}

    /** Its width in columns; empty where standard input or output is none, such as a pipe or a file. */
    public static OptionalInt columns(CommandSpec command) {
        var console = System.console();
        return console != null && isTerminal(console)
                ? OptionalInt.of(command.commandLine().getUsageHelpWidth())
                : OptionalInt.empty();
    }

    /** Since version 22 Java has a console also where there is no terminal, and tells which by a method that 17 has not. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
