package io.wattledger.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a bench prints what it has measured, when not for people. */
final class BenchOutput {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--markdown", description = "Print tables for a page in Markdown.")
    private boolean markdown;

    /** Prints a measurement: as it is in JSON, or its tables. */
    void print(CommandSpec spec, Object measured, List<Table> tables) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(json(measured));
        } else {
            tables.forEach(table -> out.println(markdown ? table.markdown() : table.text()));
        }
        out.flush();
    }

    /** The same; a page in Markdown begins with {@code preface}. */
    void print(CommandSpec spec, Object measured, String preface, List<Table> tables) {
        if (markdown) {
            spec.commandLine().getOut().println(preface);
        }
        print(spec, measured, tables);
    }

    /** Says on standard error how far a bench is. */
    static Consumer<String> progress(CommandSpec spec) {
        var err = spec.commandLine().getErr();
        return line -> {
            err.println("bench: " + line + " …");
            err.flush();
        };
    }

    private static String json(Object measured) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(measured);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the measurement as JSON", e);
        }
    }
}
