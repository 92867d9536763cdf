package io.wattledger.collector.sensor.nvml;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A library that answers like NVML, from {@code src/test/c/nvml_stub.c}; the text it answers from is explained there. */
final class StubNvml {
    private static final Path SOURCE = Path.of("src/test/c/nvml_stub.c");

    private final Path library;
    private final Path answers;

    private StubNvml(Path library) {
        this.library = library;
        this.answers = library.resolveSibling("nvml.txt");
    }

    /** Compiles it into a folder, without which the test is skipped. */
    static StubNvml in(Path folder, String... flags) throws IOException, InterruptedException {
        var library = folder.resolve("libnvidia-ml-stub.so");
        var command = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl");
        command.command().addAll(List.of(flags));
        Process compiler;
        try {
            compiler = command.redirectErrorStream(true).start();
        } catch (IOException e) {
            return abort("There is no C compiler (cc) to make the NVML stub with: " + e.getMessage());
        }
        var output = new String(compiler.getInputStream().readAllBytes());
        assumeTrue(compiler.waitFor(60, TimeUnit.SECONDS), "cc did not end");
        if (compiler.exitValue() != 0) {
            throw new IOException("cc: " + output);
        }
        return new StubNvml(library);
    }

    /** What it answers from now on. */
    StubNvml answers(String text) throws IOException {
        Files.writeString(answers, text);
        return this;
    }

    String library() {
        return library.toString();
    }

    /** How many users have not shut it down. */
    int users() {
        return NativeLibrary.getInstance(library()).getFunction("stubUsers").invokeInt(new Object[0]);
    }
}
