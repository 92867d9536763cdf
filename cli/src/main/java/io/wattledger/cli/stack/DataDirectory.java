package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The folder in which one stack keeps everything, and where its clients find it. */
public final class DataDirectory {
    /** The environment variable that names it. */
    public static final String VARIABLE = "WATTLEDGER_DATA_DIR";

    private final Path path;

    private DataDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /**
     * The folder the user means.
     *
     * @param option what the command line says, null when it says nothing
     * @param environment environment variables; {@link #VARIABLE} comes next, then the XDG base directory
     */
    public static DataDirectory choose(@Nullable Path option, Map<String, String> environment) {
        if (option != null) {
            return new DataDirectory(option);
        }
        if (isNamed(environment)) {
            return new DataDirectory(Path.of(environment.get(VARIABLE)));
        }
        var xdg = environment.get("XDG_DATA_HOME");
        // The XDG specification has relative paths ignored.
        var base = xdg != null && Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home"), ".local", "share");
        return new DataDirectory(base.resolve("wattledger"));
    }

    /** Whether the environment names one. */
    public static boolean isNamed(Map<String, String> environment) {
        var variable = environment.get(VARIABLE);
        return variable != null && !variable.isBlank();
    }

    public static DataDirectory at(Path path) {
        return new DataDirectory(path);
    }

    public Path path() {
        return path;
    }

    /**
     * Makes sure that the folder is there and can be used.
     *
     * @throws Failure when not, with the reason
     */
    public DataDirectory prepare() {
        try {
            Files.createDirectories(path);
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw unusable("cannot be created: " + e, e);
        }
        if (!Files.isReadable(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
            throw unusable("is not readable and writable", null);
        }
        return this;
    }

    private Failure unusable(String reason, @Nullable Throwable cause) {
        return new Failure(
                "The data directory " + path + " " + reason + "; choose another with --data-dir or " + VARIABLE
                        + ", or change its permissions",
                cause);
    }

    Path broker() {
        return path.resolve("broker");
    }

    /** The collector's: its lock, its socket, its spool. */
    public Path collector() {
        return folder("collector");
    }

    /** What the CSV sink of the stack writes. */
    public Path csv() {
        return folder("csv").resolve("runs.csv");
    }

    /** Where a role keeps its own files. */
    Path folder(String role) {
        return path.resolve(role);
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** What the running stack and its roles log. */
    public Path stackLog() {
        return logs().resolve("stack.log");
    }

    Path stackProperties() {
        return path.resolve("stack.properties");
    }

    Path ports() {
        return path.resolve("ports.properties");
    }

    Path lock() {
        return path.resolve("stack.lock");
    }

    /** Puts off the end of a stack that stops when nobody uses it. */
    public void touchLastUse() {
        var file = path.resolve("last-use");
        try {
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            } else {
                Files.createFile(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot touch " + file, e);
        }
    }

    /** When the stack was used last, as far as the file says; the beginning of time when there is none. */
    Instant lastUse() {
        try {
            return Files.getLastModifiedTime(path.resolve("last-use")).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    /** Its presence keeps a stack up that would stop when nobody uses it. */
    Path stay() {
        return path.resolve("stay");
    }

    /** Reads a properties file; empty when there is none. */
    static Properties read(Path file) {
        var properties = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new Failure("Cannot read " + file + " (" + e + ")", e);
            }
        }
        return properties;
    }

    /** Writes a properties file such that a reader sees all of it or nothing. */
    static void write(Path file, Properties properties) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var writer = Files.newBufferedWriter(fresh)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new Failure("Cannot write " + fresh + " (" + e + ")", e);
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure("Cannot write " + file + " (" + e + ")", e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
