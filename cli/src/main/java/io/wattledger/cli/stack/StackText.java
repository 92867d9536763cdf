package io.wattledger.cli.stack;

import java.io.PrintWriter;

/** A stack as people read it. */
final class StackText {
    private StackText() {}

    static void print(RunningStack stack, DataDirectory directory, PrintWriter out) {
        line(out, "broker", stack.bootstrapServers());
        line(out, "schema registry", stack.schemaRegistryUrl());
        line(out, "connect", stack.connectUrl());
        line(out, "ledger", stack.apiUrl());
        line(out, "data", directory.toString());
        line(out, "log", directory.stackLog().toString());
        out.flush();
    }

    private static void line(PrintWriter out, String label, String value) {
        out.printf("%-16s %s%n", label, value);
    }
}
