package io.wattledger.collector.sensor.ipmi;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The whole machine through its management controller: device {@code host}. A read runs a program and waits for it. */
public final class IpmiSensor implements PowerSensor {
    static final String NO_DEVICE_REMEDY =
            "On a server load its driver (modprobe ipmi_si ipmi_devintf); in a container pass the device in. Virtual machines"
                    + " and most desktops have no management controller.";

    private static final Device HOST = new Device("host", null, Component.HOST, "IPMI_DCMI");

    /** The device has one of these names below {@code /dev}. */
    private static final List<String> DEVICES = List.of("ipmi0", "ipmi/0", "ipmidev/0");

    /** The tools are for administrators, whose folders are not in everybody's path. */
    private static final String MORE_FOLDERS = String.join(File.pathSeparator, "/usr/local/sbin", "/usr/sbin", "/sbin");

    /** The command gives whole watts. */
    private static final Power STEP = new Power(1_000);

    /** What meters in power supplies commonly are off by; DCMI has no field for it. */
    private static final int METER_BAND_THOUSANDTHS = 50;

    private final Path dev;
    private final String folders;
    private final IpmiSettings settings;
    private @Nullable DcmiCommand command;

    /** Asks the controller of this machine. */
    public IpmiSensor(IpmiSettings settings) {
        this(
                Path.of("/dev"),
                Objects.requireNonNullElse(System.getenv("PATH"), "") + File.pathSeparator + MORE_FOLDERS,
                settings);
    }

    /**
     * @param dev where devices are
     * @param folders where programs are, as in {@code PATH}
     */
    IpmiSensor(Path dev, String folders, IpmiSettings settings) {
        this.dev = dev;
        this.folders = folders;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "ipmi";
    }

    @Override
    public Set<Component> components() {
        return Set.of(Component.HOST);
    }

    @Override
    public Availability probe() {
        command = null;
        if (DEVICES.stream().map(dev::resolve).noneMatch(Files::exists)) {
            return Unavailable.absent("There is no " + dev.resolve(DEVICES.get(0)) + ".", NO_DEVICE_REMEDY);
        }
        var tool = DcmiCommand.installed(folders);
        if (tool == null) {
            return Unavailable.silent(
                    "There is a management controller, but no " + DcmiCommand.names() + " in " + folders + ".",
                    "Install ipmitool, or FreeIPMI's tools.");
        }
        try {
            var power = ask(tool);
            command = tool;
            return new Available(List.of(HOST), "'" + tool + "', now " + Math.round(power.watts()) + " W");
        } catch (NoPowerReadingException e) {
            return new Unavailable(e.cause(), Objects.toString(e.getMessage()), e.remedy());
        } catch (IOException e) {
            return Unavailable.silent("Cannot run '" + tool + "' (" + e.getMessage() + ").", "Run it by hand.");
        }
    }

    @Override
    public List<Reading> read() throws IOException {
        if (command == null) {
            return List.of();
        }
        var power = ask(command);
        return List.of(new PowerLevel(HOST, power, METER_BAND_THOUSANDTHS + STEP.thousandthsOf(power)));
    }

    private Power ask(DcmiCommand tool) throws IOException {
        var result = tool.run(settings.timeout());
        return DcmiOutput.parse(tool.toString(), result.exit(), result.text());
    }
}
