package io.wattledger.cli.run;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import sun.misc.Signal;

/**
 * Passes signals on to the measured command. What the terminal sends (Ctrl-C) reaches the command by itself, as it is in
 * the same foreground process group, and is not sent twice. Without a command to pass them to, signals end this process;
 * while the command is being started they wait for it.
 */
final class Signals {
    private static final List<String> FROM_TERMINAL = List.of("INT", "QUIT");
    private static final List<String> ALL = List.of("INT", "QUIT", "TERM", "HUP", "USR2");
    private static final Pattern SPACE = Pattern.compile(" ");

    private final List<Signal> held = new ArrayList<>();
    private long pid;
    private boolean starting;

    private Signals() {}

    /** Begins to take signals. */
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

    /** The command is about to be started. */
    synchronized void hold() {
        starting = true;
    }

    /** From now on signals go to this process, those that have come while it was started at once. */
    synchronized void passTo(long pid) {
        this.pid = pid;
        release();
    }

    /** The command has ended, or could not be started; from now on signals end us. */
    synchronized void stop() {
        pid = 0;
        release();
    }

    private void release() {
        starting = false;
        held.forEach(this::pass);
        held.clear();
    }

    private synchronized void pass(Signal signal) {
        if (starting) {
            held.add(signal);
        } else if (pid == 0) {
            Runtime.getRuntime().halt(128 + signal.getNumber());
        } else if (!FROM_TERMINAL.contains(signal.getName()) || !isInForeground()) {
            Function.getFunction("c", "kill").invokeInt(new Object[] {(int) pid, signal.getNumber()});
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
