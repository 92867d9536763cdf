package io.wattledger.collector.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The environment that a process was started with, from {@code /proc/PID/environ}. */
public final class ProcessEnvironment {
    private ProcessEnvironment() {}

    /** Empty when the process is gone or belongs to somebody else and may not be looked at. */
    public static Map<String, String> read(Path proc, long pid) {
        try {
            var text =
                    Files.readString(proc.resolve(Long.toString(pid)).resolve("environ"), StandardCharsets.ISO_8859_1);
            var variables = new HashMap<String, String>();
            for (var variable : text.split("\0")) {
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    variables.put(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
            return variables;
        } catch (IOException e) {
            return Map.of();
        }
    }
}
