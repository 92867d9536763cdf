package io.wattledger.collector.sensor.powermetrics;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs {@code powermetrics} for each read. */
public final class PowermetricsSensor implements PowerSensor {
    private static final int SAMPLE_MILLIS = 200;
    private static final int TIMEOUT_SECONDS = 10;

    private final String system;
    private final String user;
    private final List<String> command;

    /** Of the machine we run on. */
    public PowermetricsSensor() {
        this(
                System.getProperty("os.name", ""),
                System.getProperty("user.name", ""),
                List.of(
                        "/usr/bin/powermetrics",
                        "--samplers",
                        "cpu_power,gpu_power",
                        "-f",
                        "plist",
                        "-i",
                        String.valueOf(SAMPLE_MILLIS),
                        "-n",
                        "1"));
    }

    PowermetricsSensor(String system, String user, List<String> command) {
        this.system = system;
        this.user = user;
        this.command = command;
    }

    @Override
    public String name() {
        return "powermetrics";
    }

    @Override
    public Set<Component> components() {
        return EnumSet.of(Component.CPU, Component.GPU, Component.RAM, Component.OTHER);
    }

    @Override
    public Availability probe() {
        if (!system.startsWith("Mac")) {
            return Unavailable.absent("This is " + system + "; powermetrics is a command of macOS.", "Nothing.");
        }
        if (!user.equals("root")) {
            return Unavailable.denied(
                    "powermetrics answers only root; this is user '" + user + "'.", "Run the collector as root.");
        }
        try {
            return new Available(read().stream().map(Reading::device).toList(), String.join(" ", command));
        } catch (IOException e) {
            return Unavailable.silent(
                    String.valueOf(e.getMessage()),
                    "Run it by hand to see what it says; virtual machines have no power.");
        }
    }

    @Override
    public List<Reading> read() throws IOException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            process.onExit()
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(command.get(0) + " ended with status " + status + ": " + output.strip());
            }
            return PowermetricsOutput.parse(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + command.get(0) + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
