package io.wattledger.collector.sensor.hwmon;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the texts of an ACPI power meter say. */
final class AcpiMeter {
    private static final Pattern SOCKET = Pattern.compile("(\\w+) Power Socket (\\d+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern PER_CENT = Pattern.compile("(\\d{1,3})\\.(\\d)\\d*%");

    /** Where the firmware states none, or one that cannot be: usual for meters in power supplies. */
    static final int BAND_THOUSANDTHS = 50;

    /** No meter of a server is closer than that, whatever its firmware says. */
    private static final int LEAST_BAND_THOUSANDTHS = 10;

    private AcpiMeter() {}

    /**
     * A part of a machine that has a meter of its own.
     *
     * @param part in lower case: module, grace, cpu, sysio …
     * @param number of the socket
     */
    record Socket(String part, String number) {}

    /**
     * The socket that a meter belongs to, or null for one of the whole machine.
     *
     * @param oemInfo content of {@code power1_oem_info}, such as {@code CPU Power Socket 0}; null where there is none
     */
    static @Nullable Socket socket(@Nullable String oemInfo) {
        var matcher = SOCKET.matcher(oemInfo == null ? "" : oemInfo);
        return matcher.matches() ? new Socket(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2)) : null;
    }

    /**
     * Half width of the error band in thousandths.
     *
     * @param accuracy content of {@code power1_accuracy}, such as {@code 98.0%}; null where there is none
     */
    static int bandThousandths(@Nullable String accuracy) {
        var matcher = PER_CENT.matcher(accuracy == null ? "" : accuracy);
        if (!matcher.matches()) {
            return BAND_THOUSANDTHS;
        }
        int thousandths = 10 * Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2));
        int band = 1000 - thousandths;
        return band < 0 || band > 500 ? BAND_THOUSANDTHS : Math.max(LEAST_BAND_THOUSANDTHS, band);
    }
}
