package io.wattledger.cli.run;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import sun.misc.Signal;

/**
 * Passes signals on to the measured command. What the terminal sends (Ctrl-C) reaches the command by itself, as it is in
 * the same foreground process group, and is not sent twice. Without a command to pass them to, signals end this process.
 */
final class Signals {
    private static final List<String> FROM_TERMINAL = List.of("INT", "QUIT");
    private static final List<String> ALL = List.of("INT", "QUIT", "TERM", "HUP", "USR2");
    private static final Pattern SPACE = Pattern.compile(" ");

    private volatile long pid;

    private Signals() {}

    /** Begins to take signals; until a command is set they wait in vain for one. */
    static Signals take() {
        var signals = new Signals();
        for (var name : ALL) {
            try {
                Signal.handle(new Signal(name), signals::pass);
            } catch (IllegalArgumentException e) {
                // The JVM keeps some for itself (QUIT); those stay with it.
                continue;
            }
        }
        return signals;
    }

    /** From now on signals go to this process. */
    void passTo(long pid) {
        this.pid = pid;
    }

    /** The command has ended; from now on signals end us. */
    void stop() {
        pid = 0;
    }

    private void pass(Signal signal) {
        long target = pid;
        if (target == 0) {
            Runtime.getRuntime().halt(128 + signal.getNumber());
        } else if (!FROM_TERMINAL.contains(signal.getName()) || !isInForeground()) {
            Function.getFunction("c", "kill").invokeInt(new Object[] {(int) target, signal.getNumber()});
        }
    }

    /** Whether our process group is the one the terminal sends its signals to: fields 5 and 8 of proc_pid_stat(5). */
    private static boolean isInForeground() {
        try {
            var stat = Files.readString(Path.of("/proc/self/stat"));
            var fields = SPACE.split(stat.substring(stat.lastIndexOf(')') + 2));
            return fields[2].equals(fields[5]);
        } catch (IOException | IndexOutOfBoundsException e) {
            return System.console() != null;
        }
    }
}
