package io.wattledger.collector.sensor.ipmi;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability.Cause;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the two tools print, in the C locale. */
final class DcmiOutput {
    /** ipmitool says "Instantaneous power reading: 220 Watts", ipmi-dcmi "Current Power : 164 Watts". */
    private static final Pattern POWER = Pattern.compile(
            "^\\s*(?:Instantaneous power reading|Current Power)\\s*:\\s*(\\d{1,5})\\s*watts?\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** ipmitool says "activated" or "deactivated", ipmi-dcmi "Active" or "Not Available". */
    private static final Pattern STATE = Pattern.compile(
            "^\\s*(?:Power reading state is|Power Measurement)\\s*:\\s*(.+?)\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** ipmitool also says "No such file" of a list of makers that it can do without. */
    private static final Pattern NO_DEVICE =
            Pattern.compile("could not open device at [^;]*no such file|could not find inband device");

    private static final int LONGEST_QUOTE = 200;

    private DcmiOutput() {}

    /**
     * The power of the machine.
     *
     * @param command what was run, for messages
     * @param exit its exit code
     * @param text what it printed, errors included
     * @throws NoPowerReadingException when that is no power that can be believed
     */
    static Power parse(String command, int exit, String text) throws NoPowerReadingException {
        var power = POWER.matcher(text);
        if (exit != 0 || !power.find()) {
            throw failure(command, exit, text);
        }
        var state = STATE.matcher(text);
        if (!state.find() || !isActive(state.group(1))) {
            throw new NoPowerReadingException(
                    "'" + command + "' says that power is not measured (" + stateOf(text) + ").",
                    "Switch power monitoring on in the setup of the management controller; one whose power supplies cannot"
                            + " be asked has none.");
        }
        var watts = Power.ofWatts(Integer.parseInt(power.group(1)));
        if (watts.milliwatts() == 0) {
            throw new NoPowerReadingException(
                    "'" + command + "' says 0 W while this machine runs.",
                    "The management controller knows the command and measures nothing. A newer firmware may help; try"
                            + " Redfish.");
        }
        return watts;
    }

    private static boolean isActive(String state) {
        return state.equalsIgnoreCase("activated") || state.equalsIgnoreCase("active");
    }

    private static String stateOf(String text) {
        var state = STATE.matcher(text);
        return state.find() ? state.group().trim() : "it names no state";
    }

    private static NoPowerReadingException failure(String command, int exit, String text) {
        var said = text.strip().replaceAll("\\s*\\R\\s*", "; ");
        var quote = said.length() > LONGEST_QUOTE ? said.substring(0, LONGEST_QUOTE) + " …" : said;
        var reason =
                "'" + command + "' ended with code " + exit + ": " + (quote.isEmpty() ? "it printed nothing" : quote);
        var lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied") || lower.contains("not permitted")) {
            return new NoPowerReadingException(
                    Cause.DENIED,
                    reason,
                    "Let the collector's group use the device by a udev rule (KERNEL==\"ipmi*\", GROUP=\"wattledger\","
                            + " MODE=\"0660\"), or run it as root. Who may use the device may switch the machine off.");
        }
        if (NO_DEVICE.matcher(lower).find()) {
            return new NoPowerReadingException(Cause.ABSENT, reason, IpmiSensor.NO_DEVICE_REMEDY);
        }
        if (lower.contains("invalid command") || lower.contains("unsupported") || lower.contains("not available")) {
            return new NoPowerReadingException(
                    reason, "This management controller has no DCMI power reading; try Redfish.");
        }
        return new NoPowerReadingException(reason, "Run it by hand; a controller that is busy answers later.");
    }
}
